import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** True when native/out was made from exactly these inputs. @param {{ root: string, out: string }} paths @param {{ fromSource: boolean, portable: boolean }} choice */
export function isCurrent(paths, choice) {
  const stamp = join(paths.out, 'stamp.json');
  if (!existsSync(join(paths.out, 'facet.node')) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === describe(paths, choice);
}

/** @param {{ root: string, out: string }} paths @param {{ fromSource: boolean, portable: boolean }} choice */
export function writeStamp(paths, choice) {
  writeFileSync(join(paths.out, 'stamp.json'), describe(paths, choice));
}

/** @param {{ root: string }} paths @param {{ fromSource: boolean, portable: boolean }} choice */
function describe({ root }, choice) {
  const hash = createHash('sha256');
  const native = join(root, 'native');
  for (const file of inputs(native)) hash.update(file.slice(native.length)).update('\0').update(readFileSync(file)).update('\0');
  const scope = join(root, 'node_modules', '@node-llama-cpp');
  const versions = ['node-addon-api', 'node-api-headers'].map((name) => `${name}@${versionOf(join(root, 'node_modules', name))}`);
  const packs = existsSync(scope) ? readdirSync(scope).map((name) => `${name}@${versionOf(join(scope, name))}`) : [];
  return `${JSON.stringify({ inputs: hash.digest('hex'), platform: process.platform, arch: process.arch, ...choice, versions, packs }, null, 2)}\n`;
}

/** @param {string} folder @returns {string[]} */
function inputs(folder) {
  return readdirSync(folder)
    .toSorted()
    .filter((name) => name !== 'out' && name !== 'build' && !name.endsWith('.md'))
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? inputs(path) : [path];
    });
}

/** @param {string} folder */
function versionOf(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : 'missing';
}
