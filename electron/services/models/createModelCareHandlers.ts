import type { Requests } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import type { Emit } from '../emit.ts';
import type { NetworkGuard } from '../network/networkGuard.ts';
import type { ModelsService } from './createModelsService.ts';
import type { DownloadAccess } from './download/downloadAccess.ts';
import { createProgressMeter } from './progressMeter.ts';

type CareRequest = 'model.verify' | Extract<keyof Requests, `download.${string}` | `modelsFolder.${string}`>;

/** Looking after models that are here, and after the way they come. */
export function createModelCareHandlers(parts: {
  readonly models: ModelsService;
  readonly access: DownloadAccess;
  /** False where the caller is a browser, which must not name folders of this machine. */
  readonly pathsAllowed: boolean;
  readonly requireNetwork: NetworkGuard;
  readonly emit: Emit;
}): Pick<RequestHandlers<Requests>, CareRequest> {
  const { models, access, pathsAllowed, requireNetwork, emit } = parts;
  /** Announces at most four times a second, and the end. */
  const thinned = (announce: (done: number, total: number) => void): ((done: number, total: number) => void) => {
    let latest = { done: 0, total: 0 };
    const meter = createProgressMeter(() => announce(latest.done, latest.total));
    return (done, total) => {
      latest = { done, total };
      if (done === total) announce(done, total);
      else meter.report(done);
    };
  };
  return {
    'model.verify': ({ id, repair }, signal) => {
      if (repair) requireNetwork();
      return models.verify({ id, repair, signal, onProgress: thinned((done, total) => emit('model.verified', { id, done, total })) });
    },
    'download.describe': () => access.describe(),
    'download.setToken': ({ token }) => {
      access.keepToken(token);
      return access.describe();
    },
    'modelsFolder.describe': () => models.describeFolder(),
    'modelsFolder.move': ({ path }, signal) => {
      if (!pathsAllowed) throw facetError('invalidRequest', { field: 'path', reason: 'folders cannot be named by their path here' });
      return models.moveFolder(
        path,
        thinned((done, total) => emit('modelsFolder.moved', { done, total })),
        signal,
      );
    },
  };
}
