import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, inProject, projectNode, root } from './project.mjs';
import { report } from './report.mjs';
import { isStamped, removeStamp, stamp } from './stamps.mjs';

/** Ends a download that brings no byte for this long, in seconds: at its beginning, and later. */
const limits = { firstByte: 45, stalled: 120 };
const failureStamp = 'electron-unavailable';
const installerLine = 'node_modules/.bin/install-electron';

/** Path of Electron's program, or null when it is not installed. */
export function electronPath() {
  const folder = inProject('node_modules', 'electron');
  try {
    const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
    const program = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/**
 * Gets Electron's program with Electron's own installer, showing how far it is.
 * After a failure it is not tried again on the same day, so that later starts stay quick.
 * @returns {Promise<{ path: string } | { obstacle: string }>} the obstacle is the start of a sentence
 */
export async function getElectron() {
  const present = electronPath();
  if (present !== null) return { path: present };
  const today = new Date().toISOString().slice(0, 10);
  if (isStamped(failureStamp, today))
    return { obstacle: `Electron's program could not be fetched earlier today ("${installerLine}" tries again)` };

  report("Fetching Electron's program (about 120 MB, once) …");
  const problem = await runInstaller(inProject('.cache', 'electron-download'));
  const path = electronPath();
  if (path !== null) {
    removeStamp(failureStamp);
    return { path };
  }
  stamp(failureStamp, today);
  return { obstacle: `Electron's program could not be fetched (${problem ?? 'its installer left no program'})` };
}

/**
 * @param {string} folder where the installer puts what it downloads, so that its growth can be watched
 * @returns {Promise<string | null>} one clause saying what went wrong
 */
function runInstaller(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return new Promise((resolve) => {
    const child = spawn(projectNode, [inProject('node_modules', 'electron', 'install.js')], {
      cwd: root,
      env: { ...childEnvironment(), TMPDIR: folder, TEMP: folder, TMP: folder, ELECTRON_GET_NO_PROGRESS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let problem = /** @type {string | null} */ (null);
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));

    let bytes = 0;
    let grownAt = Date.now();
    let shown = 0;
    const timer = setInterval(() => {
      const now = folderBytes(folder);
      if (now !== bytes) [bytes, grownAt] = [now, Date.now()];
      const megabytes = Math.floor(bytes / 1e6);
      if (megabytes >= shown + 10) {
        shown = megabytes;
        report(`  ${megabytes} MB …`);
      }
      const limit = bytes === 0 ? limits.firstByte : limits.stalled;
      if (Date.now() - grownAt < limit * 1000) return;
      problem = `nothing arrived for ${limit} s`;
      child.kill('SIGKILL');
    }, 500);
    child.on('error', (error) => (problem ??= error.message));
    child.on('close', (code) => {
      clearInterval(timer);
      rmSync(folder, { recursive: true, force: true });
      resolve(problem ?? (code === 0 ? null : clearestLine(errors)));
    });
  });
}

/** The line of a stack trace that people can use: the system's own error where there is one. @param {string} errors */
function clearestLine(errors) {
  const lines = errors.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /\bE[A-Z]{4,}\b|\bstatus\b|certificate/.test(text)) ?? lines.find((text) => text !== '');
  if (line === undefined) return 'its installer gave no reason';
  return line.endsWith('fetch failed') ? 'its server cannot be reached' : line.replace(/^\[cause\]: /, '').slice(0, 200);
}

/** @param {string} folder @returns {number} */
function folderBytes(folder) {
  let sum = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    if (stats?.isFile()) sum += stats.size;
  }
  return sum;
}
