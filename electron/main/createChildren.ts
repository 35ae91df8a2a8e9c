import { join } from 'node:path';
import type { ChildStarter } from '../children/childStarter.ts';
import { createUtilityStarter } from './utilityStarter.ts';

/** The engine and the reader as the desktop program starts them. */
export function createChildren(resources: string): ChildStarter {
  return createUtilityStarter({
    entries: { engine: join(import.meta.dirname, 'engine.js'), reader: join(import.meta.dirname, 'reader.js') },
    env: { FACET_RESOURCES: resources },
  });
}
