import type { AppState } from '../../../electron/shared/appState.ts';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { type Draft, isUnread } from '../../state/draftStore.ts';

/** Why Send is not possible just now. */
export type SendBlock =
  | { readonly kind: 'nothingTyped' }
  | { readonly kind: 'notConnected' }
  | { readonly kind: 'noModel' }
  | { readonly kind: 'uploading'; readonly name: string }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'unreadable'; readonly name: string };

/** Pictures of a draft whose model sees nothing: only the text that OCR finds in them will be read. */
export interface BlindPictures {
  readonly model: Model;
  readonly pictures: readonly { readonly localId: string; readonly name: string }[];
}

interface SendState {
  readonly draft: Pick<Draft, 'text' | 'attachments'>;
  readonly app: AppState | null;
  readonly connected: boolean;
}

/** The first thing in the way of sending this draft; null when nothing is. A file that is still being read is not: the answer waits for it. */
export function findSendBlock({ draft, app, connected }: SendState): SendBlock | null {
  if (!connected || app === null) return { kind: 'notConnected' };
  if (chosenModel(app) === undefined) return { kind: 'noModel' };
  for (const { folder } of draft.attachments) {
    const whole = folder === undefined ? [] : draft.attachments.filter((item) => item.folder?.id === folder.id);
    if (folder !== undefined && whole.every((item) => isUnread(item, app))) return { kind: 'unreadable', name: folder.name };
  }
  for (const item of draft.attachments) {
    // What of a folder was not read is listed with it and is not sent.
    if (item.folder !== undefined && isUnread(item, app)) continue;
    if (item.kind === 'uploading') return { kind: 'uploading', name: item.name };
    if (item.kind === 'failed') return { kind: 'unreadable', name: item.name };
    const attachment = app.attachments.find(({ id }) => id === item.use.attachmentId);
    if (attachment === undefined) return { kind: 'deleted' };
    if (attachment.state.kind === 'failed') return { kind: 'unreadable', name: attachment.name };
  }
  return draft.text.trim() === '' ? { kind: 'nothingTyped' } : null;
}

/** What to say before pictures are sent to a model that sees nothing; null when there is nothing to say. */
export function findBlindPictures(draft: SendState['draft'], app: AppState | null): BlindPictures | null {
  if (app === null) return null;
  const model = chosenModel(app);
  if (model?.projector !== null) return null;
  const pictures = draft.attachments.flatMap((item) => {
    const attachment = item.kind === 'stored' ? app.attachments.find(({ id }) => id === item.use.attachmentId) : undefined;
    return attachment?.state.kind === 'image' ? [{ localId: item.localId, name: attachment.name }] : [];
  });
  return pictures.length === 0 ? null : { model, pictures };
}

/** The model of the settings, where it is still there. */
export function chosenModel({ models, settings }: AppState): Model | undefined {
  return models.find(({ id }) => id === settings.modelId);
}

/** That the chosen model is out of memory because nothing was asked for long; empty when it is not. */
export function restedWords(app: AppState | null): string {
  const model = app === null ? undefined : chosenModel(app);
  if (app?.engine.kind !== 'idle' || app.engine.restedMinutes === undefined || model === undefined) return '';
  const { restedMinutes: minutes } = app.engine;
  const time = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${model.name} left the memory after ${time} without a question; the next one loads it again`;
}

/** The reason beside Send; empty where it needs no words. */
export function blockWords(block: SendBlock): string {
  switch (block.kind) {
    case 'nothingTyped':
      return '';
    case 'notConnected':
      return 'Connecting to Facet';
    case 'noModel':
      return 'Choose a model first';
    case 'uploading':
      return `Adding ${block.name}`;
    case 'deleted':
      return 'Remove the file that was deleted to send';
    case 'unreadable':
      return `Remove ${block.name} to send: it was not read`;
    default:
      return assertNever(block, 'send block');
  }
}
