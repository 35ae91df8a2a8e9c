import type { Requests } from '../../electron/shared/contract.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';

type ReadingRequest = 'attachment.addFile' | 'attachment.readAgain' | 'attachment.readPage' | 'attachment.addPage';

/** Files of a machine and other readings of them, which a host in memory has not. */
export function fakeReadings(absent: () => never): Pick<RequestHandlers<Requests>, ReadingRequest> {
  return { 'attachment.addFile': absent, 'attachment.readAgain': absent, 'attachment.readPage': absent, 'attachment.addPage': absent };
}
