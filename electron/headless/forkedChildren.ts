import { join } from 'node:path';
import type { ChildStarter } from '../children/childStarter.ts';
import { createForkStarter } from '../children/forkStarter.ts';

export interface ForkedChildrenFacts {
  /** `dist`, or the checkout when the sources run as they are. */
  readonly codeFolder: string;
  readonly isBundled: boolean;
  readonly resourcesFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The engine and the reader as children of plain Node. */
export function createForkedChildren({ codeFolder, isBundled, resourcesFolder, environment }: ForkedChildrenFacts): ChildStarter {
  const entry = (name: 'engine' | 'reader'): string =>
    isBundled ? join(codeFolder, `${name}.js`) : join(codeFolder, 'electron', name, `${name}Main.ts`);
  return createForkStarter({
    // Tests put a scripted engine in the place of the real one.
    entries: { engine: environment['FACET_TEST_ENGINE'] ?? entry('engine'), reader: entry('reader') },
    env: { FACET_RESOURCES: resourcesFolder },
  });
}
