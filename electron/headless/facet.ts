import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOutput } from './output.ts';
import { openServices } from './openServices.ts';
import { runFacet } from './runFacet.ts';
import { watchSignals } from './watchSignals.ts';

// In a checkout this file runs from dist/ or, unbundled, from electron/headless/.
const isBundled = !import.meta.filename.endsWith('.ts');
const root = join(import.meta.dirname, isBundled ? '..' : '../..');
const resourcesFolder = process.env['FACET_RESOURCES'] ?? root;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const output = createOutput({ stdout: process.stdout, stderr: process.stderr });
const signal = watchSignals(process);
const services = openServices({
  resourcesFolder,
  codeFolder: isBundled ? import.meta.dirname : root,
  isBundled,
  version,
  environment: process.env,
});
const code = await runFacet(process.argv.slice(2), {
  output,
  stdin: process.stdin,
  signal,
  environment: process.env,
  workingFolder: process.cwd(),
  resourcesFolder,
  version,
  openApp: services.openApp,
  openWire: services.openWire,
  openReader: services.openReader,
});
await services.close();
process.exitCode = code;
// Standard input may still be open (a terminal, an unused pipe) and would keep the process.
process.stdin.destroy();
