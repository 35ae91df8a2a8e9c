import type { Requests } from '../../shared/contract.ts';
import { FacetError, facetError } from '../../shared/errors.ts';
import { type Model, starterId } from '../../shared/models.ts';
import type { AppClient } from '../appClient.ts';
import { starterIds } from './chooseModel.ts';
import type { CommandContext } from './command.ts';
import { matchModel } from './matchModel.ts';
import { modelReport, receivedInWords } from './modelReport.ts';

/** What a download may take of the line, where that is not the setting's business. */
type Limit = Pick<Requests['model.download']['params'], 'megabytes'>;

/**
 * Downloads a model and follows it to its end; with `json`, each step is a JSON line and the last one is the model.
 * Ctrl-C pauses it: the next call goes on where it stopped.
 * @throws FacetError networkFailed, diskFull, checksumMismatch, modelMissing (no such model), cancelled
 */
export async function getModel(app: AppClient, name: string, limit: Limit, json: boolean, context: CommandContext): Promise<Model> {
  const { output, signal } = context;
  const ids = idsOf(app, name, context);
  const requested = name.toLowerCase() === starterId ? starterId : (ids[0] ?? name);
  let paused = (): void => undefined;
  const ended = new Promise<Model>((resolve, reject) => {
    paused = () => reject(facetError('cancelled', {}));
    app.onEvent((event) => {
      if (event.name !== 'model.changed' || !ids.includes(event.payload.model.id)) return;
      const { model } = event.payload;
      tellProgress(model, json, context);
      if (model.state.kind === 'installed') resolve(model);
      // The starter has several sources; a source that another one follows is never told as failed.
      if (model.state.kind === 'failed') reject(new FacetError(model.state.error));
    });
  });
  const pause = (): void => {
    // What cannot be paused is not being downloaded.
    void Promise.allSettled(ids.map((id) => app.request('model.pause', { id }))).then(() => paused());
  };
  await app.request('model.download', { id: requested, ...limit });
  if (signal.aborted) pause();
  signal.addEventListener('abort', pause, { once: true });
  const model = await ended.finally(() => {
    signal.removeEventListener('abort', pause);
    output.progress(null);
  });
  tellInstalled(model, json, context);
  return model;
}

/**
 * The same for a file from an address. Ctrl-C pauses it too.
 * @throws FacetError as `getModel`; invalidRequest for an address that is not allowed; modelInvalid for a file that Facet does not run
 */
export async function getFromAddress(
  app: AppClient,
  address: Requests['model.fetch']['params'],
  json: boolean,
  context: CommandContext,
): Promise<Model> {
  const { output, signal } = context;
  let id: string | null = null;
  app.onEvent((event) => {
    if (event.name !== 'model.changed' || !event.payload.model.id.startsWith('web-')) return;
    id = event.payload.model.id;
    tellProgress(event.payload.model, json, context);
  });
  const pause = (): void => {
    // Its end is the end of the request.
    if (id !== null) app.request('model.pause', { id }).catch(() => undefined);
  };
  signal.addEventListener('abort', pause, { once: true });
  const model = await app.request('model.fetch', address).finally(() => {
    signal.removeEventListener('abort', pause);
    output.progress(null);
  });
  tellInstalled(model, json, context);
  return model;
}

function tellInstalled(model: Model, json: boolean, { output }: CommandContext): void {
  if (json) output.json({ event: 'installed', model: modelReport(model) });
  else output.line(`${model.id} is installed.`);
}

function idsOf(app: AppClient, name: string, context: CommandContext): readonly string[] {
  if (name.toLowerCase() === starterId) return starterIds(context);
  const { models, settings } = app.state();
  const model = matchModel(models, name, [], settings.modelId);
  if (model === null) throw facetError('modelMissing', { model: name });
  return [model.id];
}

function tellProgress({ id, name, state }: Model, json: boolean, { output }: CommandContext): void {
  if (state.kind !== 'downloading') return;
  const { receivedBytes, totalBytes, bytesPerSecond, source } = state;
  if (json)
    output.json({
      event: 'progress',
      id,
      received: receivedBytes,
      total: totalBytes,
      bytes_per_second: Math.round(bytesPerSecond),
      source,
    });
  else output.progress(`Getting ${name} from ${source}: ${receivedInWords(state)}`);
}
