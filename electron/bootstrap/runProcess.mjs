import { spawn } from 'node:child_process';
import { BootstrapError } from './report.mjs';
import { childEnvironment, root } from './project.mjs';

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 * @property {boolean} [passOutput] the program's stdout goes to ours; otherwise both of its streams go to stderr
 * @property {string} [folder] folder it runs in; the checkout unless given
 */

/**
 * Runs a program in the root of the checkout and resolves with its exit code (128 + n after signal n, as shells do).
 * Ctrl-C reaches it, and we wait for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runProgram(command, args, { env = {}, passOutput = false, folder = passOutput ? process.cwd() : root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...childEnvironment(), ...env },
      stdio: passOutput ? 'inherit' : ['ignore', 2, 2],
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    // A terminal's Ctrl-C reaches the whole group; a signal sent to us alone must be handed on.
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, forward);
    const done = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      done();
      reject(new BootstrapError(`"${command}" could not be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGTERM' ? 15 : signal === 'SIGKILL' ? 9 : 1));
    });
  });
}

/**
 * Runs a step that must succeed.
 * @param {string} what for the message, such as "Installing the dependencies"
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function runStep(what, command, args, options) {
  const code = await runProgram(command, args, options);
  if (code !== 0) throw new BootstrapError(`${what} failed (exit code ${code}); the lines above say why.`);
}
