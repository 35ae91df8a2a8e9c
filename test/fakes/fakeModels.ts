import type { Requests } from '../../electron/shared/contract.ts';
import type { DownloadSetup } from '../../electron/shared/downloads.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';

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

/** No model comes or goes; a token can be kept and forgotten, and the folder stays where it is. */
export function fakeModels(): Pick<RequestHandlers<Requests>, FakedRequest> {
  let setup: DownloadSetup = { token: 'none', keychain: true, proxy: null };
  const absent = (): never => {
    throw facetError('internal', { message: 'The fake host does not do this.' });
  };
  return {
    'model.download': absent,
    'model.pause': absent,
    'model.fetch': absent,
    'model.restore': absent,
    'model.import': absent,
    'model.check': absent,
    'model.bench': absent,
    'model.remove': absent,
    'model.unload': () => ({}),
    'engine.restart': () => ({}),
    'model.verify': absent,
    'download.describe': () => setup,
    'download.setToken': ({ token }) => (setup = { ...setup, token: token === null ? 'none' : 'kept' }),
    'modelsFolder.describe': () => ({ path: '/data/models', bytes: 253_000_000, freeBytes: 74_000_000_000, unfinishedMove: null }),
    'modelsFolder.move': absent,
  };
}
