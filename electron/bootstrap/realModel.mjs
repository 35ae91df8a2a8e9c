import { spawn } from 'node:child_process';
import { childEnvironment, inProject, projectNode, root } from './project.mjs';
import { BootstrapError, report } from './report.mjs';
import { hasCommand, installPackages } from './systemPackages.mjs';

const catalogueId = 'gemma-3-270m-q4_k_m';

/**
 * The real 270M for `npm run test:real`, fetched once by Facet's own command into .cache. FACET_REAL_MODEL names another copy.
 * @returns {Promise<string>} path of the GGUF
 */
export async function requireRealModel() {
  const given = process.env['FACET_REAL_MODEL'];
  if (given !== undefined) return given;
  if (!hasCommand('pip') && !hasCommand('pip3')) await installPackages(['python3', 'python3-pip']);
  report('Making sure that the real model is there (253 MB, fetched once) …');
  const lines = await outputOf(['models', 'get', catalogueId, '--json', '--data', inProject('.cache', 'real-data')]);
  const last = lines.at(-1);
  const path = last === undefined ? undefined : JSON.parse(last).model?.path;
  if (typeof path !== 'string') throw new BootstrapError(`The real model could not be fetched: ${last ?? 'no answer'}`);
  return path;
}

/** Runs a command of Facet's own. @param {readonly string[]} args @returns {Promise<readonly string[]>} the lines it printed */
function outputOf(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(projectNode, [inProject('dist', 'facet.js'), ...args], {
      cwd: root,
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', () => resolve(output.split('\n').filter((line) => line !== '')));
  });
}
