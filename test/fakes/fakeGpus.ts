import type { Requests } from '../../electron/shared/contract.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';
import { exampleGpus } from './exampleGpus.ts';

/** Cards are listed, and nothing is fetched or tested. */
export function fakeGpus(): Pick<RequestHandlers<Requests>, Extract<keyof Requests, `gpu.${string}`>> {
  const absent = (): never => {
    throw facetError('internal', { message: 'The fake host does not do this.' });
  };
  return { 'gpu.describe': () => exampleGpus, 'gpu.test': absent, 'gpu.get': absent, 'gpu.remove': absent };
}
