import { join } from 'node:path';
import type { ChildStarter } from '../children/childStarter.ts';
import { createForkStarter } from '../children/forkStarter.ts';

export interface ForkedChildrenFacts {
  /** `dist`, or the checkout when the sources run as they are. */
  readonly codeFolder: string;
  readonly isBundled: boolean;
  readonly resourcesFolder: string;
}

/** The engine and the reader as children of plain Node. */
export function createForkedChildren({ codeFolder, isBundled, resourcesFolder }: ForkedChildrenFacts): ChildStarter {
  const entry = (name: 'engine' | 'reader'): string =>
    isBundled ? join(codeFolder, `${name}.js`) : join(codeFolder, 'electron', name, `${name}Main.ts`);
  return createForkStarter({
    entries: { engine: entry('engine'), reader: entry('reader') },
    env: { FACET_RESOURCES: resourcesFolder },
  });
}
