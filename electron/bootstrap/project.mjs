import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the checkout. */
export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');

/** Absolute path of something in the checkout. @param {...string} parts */
export const inProject = (...parts) => join(root, ...parts);

/** The Node that everything but the bootstrap runs on: the one that npm installed, which has Electron's major version. */
export const projectNode = inProject('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Major version that the code needs: better-sqlite3 and pdf.js fail on older ones. */
export const neededNode = 24;

/** Environment for everything that the bootstrap starts. @returns {NodeJS.ProcessEnv} */
export const childEnvironment = () => ({ ...process.env, FACET_RESOURCES: process.env['FACET_RESOURCES'] ?? root });

/** True when a file of the checkout is there. @param {...string} parts */
export const hasFile = (...parts) => existsSync(inProject(...parts));

/**
 * Folder that the user is in, where relative file names start from. `npm run` changes to the checkout first and leaves word of where it was started.
 * @param {NodeJS.ProcessEnv} [environment]
 */
export const userFolder = (environment = process.env) =>
  (environment['npm_lifecycle_event'] === 'facet' ? environment['INIT_CWD'] : undefined) ?? process.cwd();
