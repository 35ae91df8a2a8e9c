import { join, resolve } from 'node:path';
import { facetError } from '../shared/errors.ts';
import { homeFolder } from './homeFolder.ts';

/** What decides where Facet keeps its data. */
export interface DataFolderFacts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Empty when nobody knows it. */
  readonly home: string;
}

/**
 * The one data folder of every face of Facet, so that the desktop app, the browser and the command line share chats and models.
 * @param asked of an option such as `--data`; null for none. Relative ones start from the working folder.
 * @returns absolute path: asked, else FACET_DATA, else the system's usual place
 * @throws FacetError diskFailed when that is wanted and nobody knows where it is
 */
export function dataFolder(asked: string | null, facts: DataFolderFacts = thisMachine()): string {
  const chosen = asked ?? facts.environment['FACET_DATA'];
  return chosen === undefined || chosen === '' ? usualFolder(facts) : resolve(chosen);
}

function usualFolder({ platform, environment, home }: DataFolderFacts): string {
  const inHome = (...parts: readonly string[]): string => {
    if (home === '')
      throw facetError('diskFailed', {
        path: 'The data folder',
        reason: 'this user has no home folder; name another place with --data or FACET_DATA',
      });
    return join(home, ...parts);
  };
  if (platform === 'darwin') return inHome('Library', 'Application Support', 'Facet');
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? inHome('AppData', 'Local'), 'Facet');
  const base = environment['XDG_DATA_HOME'];
  // The specification says that relative values are to be ignored.
  return join(base?.startsWith('/') === true ? base : inHome('.local', 'share'), 'facet');
}

function thisMachine(): DataFolderFacts {
  return { platform: process.platform, environment: process.env, home: homeFolder() };
}
