import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * Configures and compiles the addon; `libraries` null compiles llama.cpp too.
 * @param {{ paths: { root: string, staging: string, work: string }, source: string, libraries: { folder: string } | null,
 *   fromSource: boolean, portable: boolean, say: (line: string) => void }} request
 */
export async function compileAddon({ paths, source, libraries, fromSource, portable, say }) {
  rmSync(paths.staging, { recursive: true, force: true });
  mkdirSync(paths.staging, { recursive: true });
  forgetMovedCache(join(paths.root, 'native'), paths.work);
  const modules = join(paths.root, 'node_modules');
  say('configuring');
  await run(
    'cmake',
    [
      ...['-S', join(paths.root, 'native'), '-B', paths.work, ...generator()],
      '-DCMAKE_BUILD_TYPE=Release',
      `-DFACET_LLAMA_SOURCE=${source}`,
      `-DFACET_LIBRARIES=${libraries?.folder ?? ''}`,
      `-DFACET_NODE_API=${join(modules, 'node-api-headers', 'include')}`,
      `-DFACET_NODE_ADDON_API=${join(modules, 'node-addon-api')}`,
      `-DFACET_OUT=${paths.staging}`,
      `-DFACET_FROM_SOURCE=${fromSource ? 'ON' : 'OFF'}`,
      `-DFACET_PORTABLE=${portable ? 'ON' : 'OFF'}`,
    ],
    { what: 'CMake' },
  );
  const jobs = availableParallelism();
  say(
    `compiling with ${jobs} jobs (${fromSource ? 'all of llama.cpp, about ten minutes' : 'the image encoder and the addon, about two minutes'})`,
  );
  await run('cmake', ['--build', paths.work, '--config', 'Release', '--target', 'facet_addon', '--parallel', String(jobs)], {
    what: 'The compiler',
    onLine: reportProgress(say),
  });
}

/** Ninja where it is there: CMake's own arguments for it. */
export const generator = () => (spawnSync('ninja', ['--version'], { stdio: 'ignore' }).status === 0 ? ['-G', 'Ninja'] : []);

/** CMake refuses a build folder that was moved or copied with its checkout. @param {string} project @param {string} work */
export function forgetMovedCache(project, work) {
  const cache = join(work, 'CMakeCache.txt');
  if (existsSync(cache) && !readFileSync(cache, 'utf8').includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${project}\n`)) {
    rmSync(work, { recursive: true, force: true });
  }
}

/** One line for every tenth of the way; Make prints percents, Ninja counts steps. @param {(line: string) => void} say */
export function reportProgress(say) {
  let shown = 0;
  return (/** @type {string} */ line) => {
    const make = /^\[ *(\d+)%\]/.exec(line);
    const ninja = /^\[(\d+)\/(\d+)\]/.exec(line);
    const percent = make ? Number(make[1]) : ninja ? Math.floor((100 * Number(ninja[1])) / Number(ninja[2])) : 0;
    const tenth = Math.floor(percent / 10) * 10;
    if (tenth <= shown) return;
    shown = tenth;
    say(`${tenth} %`);
  };
}
