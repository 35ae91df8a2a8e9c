import { join } from 'node:path';
import type { ChildStarter } from '../../electron/children/childStarter.ts';
import { createForkStarter } from '../../electron/children/forkStarter.ts';

export const projectFolder = join(import.meta.dirname, '..', '..');

/** The real reader and the scripted engine, as children over `fork`. `env` is added to their environment. */
export function scriptedChildren(env: Readonly<Record<string, string>> = {}): ChildStarter {
  return createForkStarter({
    entries: {
      engine: join(import.meta.dirname, 'scriptedEngine.ts'),
      reader: join(projectFolder, 'electron', 'reader', 'readerMain.ts'),
    },
    env: { FACET_RESOURCES: projectFolder, ...env },
  });
}
