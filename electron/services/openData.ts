import { join } from 'node:path';
import { type OpenedDatabase, openOrRecover } from './database/openOrRecover.ts';
import { type Session, openSession } from './sessions/openSession.ts';

/** The database of a data folder, and this run's place among the others that use it. */
export type OpenedData = OpenedDatabase & { readonly session: Session };

/** @throws FacetError dataTooNew, diskFailed, or the database's error */
export function openData(dataFolder: string): OpenedData {
  const session = openSession(dataFolder);
  const shared = session.alive.length > 0;
  return { session, ...openOrRecover(join(dataFolder, 'facet.db'), { check: session.abandoned.length > 0, shared }) };
}
