import { accessSync, constants } from 'node:fs';
import { FacetError, facetError } from '../shared/errors.ts';
import { folderReason, makeFolder } from './disk/makeFolder.ts';

/**
 * Makes the data folder where it is missing, for this user alone, and makes sure that it can be written to.
 * @param path absolute
 * @throws FacetError diskFailed
 */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof FacetError && error.data.code === 'diskFailed' ? error.data.details.reason : folderReason(error);
    throw facetError('diskFailed', { path, reason: `it cannot be the data folder: ${reason}` }, error);
  }
}
