import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { hasFile, inProject, neededNode, projectNode } from './project.mjs';
import { BootstrapError, report } from './report.mjs';
import { runStep } from './runProcess.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/** @param {string[]} path @returns {Record<string, LockedPackage>} */
const lockedPackages = (...path) => JSON.parse(readFileSync(inProject(...path), 'utf8')).packages;

/**
 * True when node_modules holds what package-lock.json asks for, whoever installed it: npm records the installed tree in a lock file of its own.
 * Optional packages may be missing, since most are for other platforms.
 */
export function dependenciesReady() {
  if (!hasFile('node_modules', '.package-lock.json') || !existsSync(projectNode)) return false;
  const installed = lockedPackages('node_modules', '.package-lock.json');
  return Object.entries(lockedPackages('package-lock.json')).every(([path, wanted]) => {
    const found = installed[path];
    if (path === '' || (found === undefined && wanted.optional === true)) return true;
    return found?.version === wanted.version && found?.integrity === wanted.integrity;
  });
}

/** Installs exactly what package-lock.json says, and checks that the Node which came with it is the right one. */
export async function installDependencies() {
  report('Installing the dependencies (once; about a minute) …');
  await runStep('Installing the dependencies', npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  checkProjectNode();
}

function checkProjectNode() {
  const fix =
    'Its binary comes through an install script: allow scripts ("npm config set ignore-scripts false"), delete node_modules, and try again.';
  let version;
  try {
    version = execFileSync(projectNode, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
  } catch (error) {
    throw new BootstrapError(
      `The Node that comes with the dependencies (${projectNode}) does not run: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}. ${fix}`,
    );
  }
  if (Number.parseInt(version, 10) !== neededNode)
    throw new BootstrapError(`The Node that comes with the dependencies is ${version}, and Facet needs ${neededNode}. ${fix}`);
}
