import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../native/nativeEngine.ts';

/** How many buffers were destroyed, and kept, in this process so far. */
export type CountKept = () => number;

/** Compiles `keptBuffers.c`, which says what it is for. @throws when there is no C compiler */
export function compileKeptBuffers(library: string): void {
  mkdirSync(dirname(library), { recursive: true });
  const headers = join(projectRoot, 'node_modules', 'node-api-headers', 'include');
  const source = join(import.meta.dirname, 'keptBuffers.c');
  execFileSync('cc', ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', '-fPIC', '-shared', '-I', headers, '-o', library, source, '-ldl']);
}

/** Has this process keep its buffers; only before the Vulkan pack is loaded. */
export function keepBuffers(library: string): CountKept {
  const loaded = { exports: {} as { kept: CountKept } };
  process.dlopen(loaded, library, constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL);
  return loaded.exports.kept;
}
