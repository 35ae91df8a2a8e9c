import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNpmTarball } from './npmTarball.mjs';
import { llamaVersion, nodeLlamaCppIntegrity, nodeLlamaCppVersion } from './pins.mjs';
import { run } from './run.mjs';

/**
 * The llama.cpp source that belongs to the prebuilt libraries, unpacked once into the project's cache.
 * @param {{ cache: string }} paths
 * @param {(line: string) => void} say
 * @returns {Promise<string>} folder of the source tree
 */
export async function fetchLlamaSource({ cache }, say) {
  const folder = join(cache, `llama.cpp-${llamaVersion}`);
  const tree = join(folder, 'tree');
  const proof = join(folder, 'integrity');
  if (existsSync(tree) && existsSync(proof) && readFileSync(proof, 'utf8') === nodeLlamaCppIntegrity) return tree;

  rmSync(tree, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tarball = await fetchNpmTarball({ spec: `node-llama-cpp@${nodeLlamaCppVersion}`, integrity: nodeLlamaCppIntegrity, folder, say });
  say(`unpacking the llama.cpp ${llamaVersion} source`);
  const bundle = 'package/llama/gitRelease.bundle';
  await run('tar', ['-xzf', tarball, '-C', folder, bundle], { what: 'tar' });
  const unpacking = `${tree}.unpacking`;
  rmSync(unpacking, { recursive: true, force: true });
  await run('git', ['-c', 'core.autocrlf=false', '-c', 'advice.detachedHead=false', 'clone', '--quiet', join(folder, bundle), unpacking], {
    what: 'git clone of the source bundle',
  });
  renameSync(unpacking, tree);
  writeFileSync(proof, nodeLlamaCppIntegrity);
  rmSync(join(folder, 'package'), { recursive: true, force: true });
  rmSync(tarball, { force: true });
  return tree;
}
