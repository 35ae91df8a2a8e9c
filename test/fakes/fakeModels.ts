import type { AppEvent, AppState } from '../../electron/shared/appState.ts';
import type { Requests } from '../../electron/shared/contract.ts';
import type { DownloadSetup } from '../../electron/shared/downloads.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { Model } from '../../electron/shared/models.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';

interface FakeModelsOptions {
  readonly state: () => AppState;
  readonly emit: (event: AppEvent) => void;
}

type FakedRequest =
  | 'model.download'
  | 'model.pause'
  | 'model.fetch'
  | 'model.restore'
  | 'model.import'
  | 'model.check'
  | 'model.bench'
  | 'model.remove'
  | 'model.unload'
  | 'engine.restart'
  | 'model.verify'
  | Extract<keyof Requests, `download.${string}` | `modelsFolder.${string}`>;

/** A model can be removed and taken back, none else comes; a token can be kept and forgotten, and the folder stays where it is. */
export function fakeModels({ state, emit }: FakeModelsOptions): Pick<RequestHandlers<Requests>, FakedRequest> {
  let setup: DownloadSetup = { token: 'none', keychain: true, proxy: null };
  const removed = new Map<string, Model>();
  const taken = (from: Iterable<Model>, id: string): Model => {
    const model = [...from].find((one) => one.id === id);
    if (model === undefined) throw facetError('notFound', { what: 'model', id });
    return model;
  };
  const absent = (): never => {
    throw facetError('internal', { message: 'The fake host does not do this.' });
  };
  return {
    'model.download': absent,
    'model.pause': absent,
    'model.fetch': absent,
    'model.restore': ({ id }) => {
      const model = taken(removed.values(), id);
      removed.delete(id);
      emit({ name: 'model.changed', payload: { model } });
      return model;
    },
    'model.import': absent,
    'model.check': absent,
    'model.bench': absent,
    'model.remove': ({ id }) => {
      removed.set(id, taken(state().models, id));
      emit({ name: 'model.removed', payload: { id } });
      return {};
    },
    'model.unload': () => ({}),
    'engine.restart': () => ({}),
    'model.verify': absent,
    'download.describe': () => setup,
    'download.setToken': ({ token }) => (setup = { ...setup, token: token === null ? 'none' : 'kept' }),
    'modelsFolder.describe': () => ({ path: '/data/models', bytes: 253_000_000, freeBytes: 74_000_000_000, unfinishedMove: null }),
    'modelsFolder.move': absent,
  };
}
