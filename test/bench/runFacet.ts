import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '..', '..');

/** Facet's command line as a process of its own, on this data folder: what it prints with `--json`. @throws when it ends with an error */
export async function runFacet(dataFolder: string, ...args: readonly string[]): Promise<unknown> {
  const child = spawn(
    join(root, 'node_modules/.bin/node'),
    [join(root, 'electron/bootstrap/facet.mjs'), ...args, '--data', dataFolder, '--json'],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [out, code] = await Promise.all([text(child.stdout), new Promise((resolve) => child.on('close', resolve))]);
  if (code !== 0) throw new Error(`facet ${args.join(' ')} ended with ${String(code)}: ${out}`);
  return JSON.parse(out);
}
