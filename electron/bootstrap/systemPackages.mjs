import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BootstrapError, report } from './report.mjs';
import { runStep } from './runProcess.mjs';

/** Names that Chromium goes by, and where macOS and Windows keep it. */
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** True when a program answers to its name. @param {string} command */
export const hasCommand = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** @returns {string | null} path of an installed Chromium */
function findChromium() {
  const given = process.env['FACET_CHROMIUM'];
  if (given !== undefined && existsSync(given)) return given;
  const path = process.env['PATH'] ?? '';
  const separator = process.platform === 'win32' ? ';' : ':';
  for (const command of commands) {
    for (const folder of path.split(separator)) if (existsSync(`${folder}/${command}`)) return `${folder}/${command}`;
  }
  return places.find((place) => existsSync(place)) ?? null;
}

/**
 * A Chromium for the browser suites: the system's, else one installed from the system's packages.
 * @returns {Promise<string>} its path
 */
export async function requireChromium() {
  const found = findChromium();
  if (found !== null) return found;
  await installPackages(['chromium', 'fonts-dejavu-core']);
  const installed = findChromium();
  if (installed === null)
    throw new BootstrapError('Chromium is missing and the system has no package of that name; set FACET_CHROMIUM to a Chromium or Chrome.');
  return installed;
}

/**
 * Installs packages with apt as root, or says which line does it.
 * @param {readonly string[]} names as Debian calls them
 */
export async function installPackages(names) {
  const line = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (process.platform !== 'linux' || !hasCommand('apt-get'))
    throw new BootstrapError(`Missing on this machine: ${names.join(', ')}. Install with your system's package manager and try again.`);
  if (process.getuid?.() !== 0) throw new BootstrapError(`Missing on this machine: ${names.join(', ')}. Install with: sudo ${line}`);
  report(`Installing ${names.join(', ')} from the system's packages …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  await runStep(`Installing ${names.join(', ')}`, 'apt-get', line.split(' ').slice(1), { env });
}
