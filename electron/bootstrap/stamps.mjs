import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, root } from './project.mjs';

/** @param {string} name */
const stampFile = (name) => inProject('.cache', 'stamps', name);

/**
 * Names the content of files and folders, so that a step runs again only when what it reads has changed.
 * Missing paths count as empty.
 * @param {readonly string[]} paths relative to the root
 * @param {readonly string[]} [facts] anything else that the step depends on
 * @returns {string} hex
 */
export function fingerprint(paths, facts = []) {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`fact\0${fact}\0`);
  for (const path of paths) addPath(hash, path);
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} path */
function addPath(hash, path) {
  const full = join(root, path);
  const stats = statSync(full, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isDirectory()) {
    for (const name of readdirSync(full).sort()) addPath(hash, `${path}/${name}`);
    return;
  }
  hash.update(`file\0${path}\0${stats.size}\0`).update(readFileSync(full));
}

/** True when the step was done with exactly this fingerprint. @param {string} name @param {string} print */
export function isStamped(name, print) {
  try {
    return readFileSync(stampFile(name), 'utf8') === print;
  } catch {
    return false;
  }
}

/** Records that the step is done. @param {string} name @param {string} print */
export function stamp(name, print) {
  mkdirSync(inProject('.cache', 'stamps'), { recursive: true });
  const file = stampFile(name);
  writeFileSync(`${file}.${process.pid}`, print);
  renameSync(`${file}.${process.pid}`, file);
}

/** Forgets a step, so that one cut off midway is done again. @param {string} name */
export function removeStamp(name) {
  rmSync(stampFile(name), { force: true });
}
