import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNpmTarball } from './npmTarball.mjs';
import { nodeLlamaCppVersion, platformPackages } from './pins.mjs';
import { BuildProblem } from './problem.mjs';
import { run } from './run.mjs';

const isLibrary = (/** @type {string} */ name) => /\.(so|dylib|dll|metal|metallib)$/.test(name) && !name.includes('llama-common');
const isGpuBackend = (/** @type {string} */ name) => /^(lib)?ggml-(cuda|hip|vulkan|metal|sycl)\b.*\.(so|dylib|dll)$/.test(name);

/**
 * Every prebuilt library to ship: the core and CPU variants, and the GPU backends of packs that are installed beside them.
 * @param {{ root: string, cache: string }} paths
 * @param {(line: string) => void} say
 * @returns {Promise<{ folder: string, files: readonly string[] }>} the folder to link against, and full paths to copy
 */
export async function findLibraries({ root, cache }, say) {
  const platform = `${process.platform}-${process.arch}`;
  const known = platformPackages[platform];
  if (known === undefined) {
    throw new BuildProblem(`there are no prebuilt llama.cpp libraries for ${platform}. Set FACET_NATIVE_FROM_SOURCE=1 to compile them.`);
  }
  const scope = join(root, 'node_modules', '@node-llama-cpp');
  const installed = join(scope, known.name, 'bins', known.name);
  const folder = existsSync(installed) ? installed : await fetchPackage(known, cache, say);
  const packs = existsSync(scope) ? readdirSync(scope).filter((name) => name.startsWith(`${known.name}-`)) : [];
  const gpuFiles = packs.flatMap((name) => listFiles(join(scope, name, 'bins', name)).filter((file) => isGpuBackend(baseName(file))));
  return { folder, files: [...listFiles(folder).filter((file) => isLibrary(baseName(file))), ...gpuFiles] };
}

/**
 * What a build from source made, under the names that the addon asks for at run time.
 * @param {{ work: string }} paths
 */
export function builtLibraries({ work }) {
  const folder = [join(work, 'bin', 'Release'), join(work, 'bin')].find((candidate) => existsSync(candidate)) ?? join(work, 'bin');
  // `libllama.so.0` is a link to the file of the full version; a backend that is loaded at run time has no version at all.
  const isAskedFor = (/** @type {string} */ file) =>
    /\.so\.\d+$|^[^.]+\.\d+\.dylib$|\.dll$/.test(baseName(file)) || (/\.(so|dylib)$/.test(file) && !lstatSync(file).isSymbolicLink());
  return { folder, files: listFiles(folder).filter(isAskedFor) };
}

/** @param {{ files: readonly string[] }} libraries @param {string} out */
export function copyLibraries({ files }, out) {
  mkdirSync(out, { recursive: true });
  for (const file of files) copyFileSync(file, join(out, baseName(file)));
}

/** @param {{ name: string, integrity: string | null }} wanted @param {string} cache @param {(line: string) => void} say */
async function fetchPackage({ name, integrity }, cache, say) {
  const spec = `@node-llama-cpp/${name}@${nodeLlamaCppVersion}`;
  if (integrity === null) {
    throw new BuildProblem(
      `${spec} has no confirmed integrity in native/build-steps/pins.mjs yet. Set FACET_NATIVE_FROM_SOURCE=1 to compile llama.cpp instead.`,
    );
  }
  const folder = join(cache, `libraries-${name}-${nodeLlamaCppVersion}`);
  const bins = join(folder, 'package', 'bins', name);
  if (existsSync(bins)) return bins;
  mkdirSync(folder, { recursive: true });
  const tarball = await fetchNpmTarball({ spec, integrity, folder, say });
  await run('tar', ['-xzf', tarball, '-C', folder], { what: 'tar' });
  return bins;
}

const baseName = (/** @type {string} */ file) => file.split(/[\\/]/).at(-1) ?? file;

/** @param {string} folder */
function listFiles(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
