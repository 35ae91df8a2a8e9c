import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inProject } from './project.mjs';
import { report } from './report.mjs';

/**
 * Lets one bootstrap work at a time; the others wait and then find the work done. A lock whose owner is gone is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBuildLock(work) {
  const file = inProject('.cache', 'bootstrap.lock');
  mkdirSync(inProject('.cache'), { recursive: true });
  let told = false;
  while (!take(file)) {
    const owner = ownerOf(file);
    if (owner === null || !isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) report(`Another Facet (process ${owner}) is preparing this checkout; waiting for it …`);
    told = true;
    await delay(500);
  }
  const release = () => rmSync(file, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function ownerOf(file) {
  try {
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isNaN(owner) ? null : owner;
  } catch {
    return null;
  }
}

/** @param {number} owner */
function isAlive(owner) {
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
