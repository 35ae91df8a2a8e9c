// Builds native/out: facet.node, the llama.cpp libraries it is linked to, and the backends loaded at run time.
// Runs on the machine's Node (20 or newer). Usage: node native/build.mjs [--force]
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileAddon } from './build-steps/compile.mjs';
import { improveCpuBackend } from './build-steps/cpuBackend.mjs';
import { BuildProblem } from './build-steps/problem.mjs';
import { fetchLlamaSource } from './build-steps/llamaSource.mjs';
import { builtLibraries, copyLibraries, findLibraries } from './build-steps/libraries.mjs';
import { isCurrent, writeStamp } from './build-steps/stamp.mjs';
import { requireTools } from './build-steps/tools.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (/** @type {string} */ line) => process.stderr.write(`native: ${line}\n`);

async function build() {
  // Windows has no import libraries in the prebuilt package, so everything is compiled there.
  const fromSource = process.env.FACET_NATIVE_FROM_SOURCE === '1' || process.platform === 'win32';
  // What is compiled for other machines must choose its instructions where it runs.
  const portable = process.env.FACET_NATIVE_PORTABLE === '1' || process.platform === 'win32';
  const paths = {
    root,
    cache: join(root, '.cache'),
    out: join(root, 'native', 'out'),
    work: join(root, 'native', 'build', fromSource ? 'source' : 'prebuilt'),
    cpuWork: join(root, 'native', 'build', 'cpu'),
    staging: join(root, 'native', 'build', 'staging'),
  };
  if (!process.argv.includes('--force') && isCurrent(paths, { fromSource, portable })) return say('up to date');
  const started = Date.now();
  requireTools();
  const libraries = fromSource ? null : await findLibraries(paths, say);
  const source = await fetchLlamaSource(paths, say);
  await compileAddon({ paths, source, libraries, fromSource, portable, say });
  copyLibraries(libraries ?? builtLibraries(paths), paths.staging);
  if (libraries !== null) await improveCpuBackend({ paths, source, libraries, portable, say });
  // A failed build leaves the last good one in place.
  rmSync(paths.out, { recursive: true, force: true });
  renameSync(paths.staging, paths.out);
  writeStamp(paths, { fromSource, portable });
  say(`ready in ${Math.round((Date.now() - started) / 1000)} s`);
}

try {
  await build();
} catch (error) {
  if (!(error instanceof BuildProblem)) throw error;
  process.stderr.write(`native: ${error.message}\n`);
  process.exitCode = 1;
}
