import { join } from 'node:path';
import type { ChildStarter } from '../../electron/children/childStarter.ts';
import { createForkStarter } from '../../electron/children/forkStarter.ts';

export const projectFolder = join(import.meta.dirname, '..', '..');

/** The real reader (gatedReader.ts when the environment names a gate) and the scripted engine, as children over `fork`. `env` is added to their environment. */
export function scriptedChildren(env: Readonly<Record<string, string>> = {}): ChildStarter {
  const isGated = env['FACET_READER_GATE'] !== undefined || process.env['FACET_READER_GATE'] !== undefined;
  return createForkStarter({
    entries: {
      engine: join(import.meta.dirname, 'scriptedEngine.ts'),
      reader: isGated ? join(import.meta.dirname, 'gatedReader.ts') : join(projectFolder, 'electron', 'reader', 'readerMain.ts'),
    },
    env: { FACET_RESOURCES: projectFolder, ...env },
  });
}
