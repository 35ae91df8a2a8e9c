import { assertNever } from '../../shared/assertNever.ts';
import { errorText } from '../../shared/errorText.ts';
import { bytesInWords } from '../../shared/bytesInWords.ts';
import type { Model, ModelFile } from '../../shared/models.ts';

/** A model in the command line's JSON. */
export function modelReport(model: Model): object {
  return {
    id: model.id,
    name: model.name,
    size: model.size,
    quantisation: model.quantisation,
    state: model.state.kind,
    built_in: model.builtIn,
    purpose: model.search === true ? 'search' : 'answers',
    profile: model.profile,
    context_limit: model.contextLimit,
    ...fileReport(model.text),
    projector: model.projector === null ? null : fileReport(model.projector),
    notes: model.notes,
    licence: model.licence,
  };
}

function fileReport({ path, bytes, sha256 }: ModelFile): object {
  return { path, bytes, sha256 };
}

/** Where a model stands, in plain words. */
export function stateInWords(model: Model): string {
  const { state } = model;
  switch (state.kind) {
    case 'available':
      return 'not downloaded';
    case 'downloading':
      return `downloading, ${percent(state)}`;
    case 'queued':
      return state.before === 1 ? 'waits for another download' : `waits for ${state.before} other downloads`;
    case 'paused':
      return `download paused at ${percent(state)}`;
    case 'installed':
      return model.builtIn ? 'built in' : 'installed';
    case 'failed':
      return errorText(state.error).what;
    default:
      return assertNever(state, 'model state');
  }
}

/** `120 MB of 253 MB`. */
export function receivedInWords(state: { readonly receivedBytes: number; readonly totalBytes: number }): string {
  const received = bytesInWords(state.receivedBytes);
  return state.totalBytes === 0 ? received : `${received} of ${bytesInWords(state.totalBytes)}`;
}

function percent({ receivedBytes, totalBytes }: { readonly receivedBytes: number; readonly totalBytes: number }): string {
  return `${totalBytes === 0 ? 0 : Math.floor((100 * receivedBytes) / totalBytes)} %`;
}
