import { app } from 'electron';
import { join } from 'node:path';
import { runProcess } from '../headless/runProcess.ts';
import { resourcesFolder } from './startFacts.ts';
import { createChildren } from './createChildren.ts';

/** Answers a command in the terminal the program was started from, without a window, and ends the program with its exit code. */
export async function runInTerminal(given: readonly string[]): Promise<void> {
  // Children can be started only then.
  await app.whenReady();
  const resources = resourcesFolder(app, process.env);
  const code = await runProcess(given, {
    resourcesFolder: resources,
    pageFolder: join(import.meta.dirname, 'renderer'),
    version: app.getVersion(),
    starter: createChildren(resources),
  });
  app.exit(code);
}
