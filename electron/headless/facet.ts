import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createForkedChildren } from './forkedChildren.ts';
import { runProcess } from './runProcess.ts';

// In a checkout this file runs from dist/ or, unbundled, from electron/headless/.
const isBundled = !import.meta.filename.endsWith('.ts');
const root = join(import.meta.dirname, isBundled ? '..' : '../..');
const resourcesFolder = process.env['FACET_RESOURCES'] ?? root;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const codeFolder = isBundled ? import.meta.dirname : root;

process.exitCode = await runProcess(process.argv.slice(2), {
  resourcesFolder,
  pageFolder: join(resourcesFolder, 'dist', 'renderer'),
  version,
  starter: createForkedChildren({ codeFolder, isBundled, resourcesFolder }),
});
// Standard input may still be open (a terminal, an unused pipe) and would keep the process.
process.stdin.destroy();
