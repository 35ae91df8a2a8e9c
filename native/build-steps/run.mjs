import { spawn } from 'node:child_process';
import { BuildProblem } from './problem.mjs';

const shownLines = 30;

/**
 * Runs a program and hands each line it prints to `onLine`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, onLine?: (line: string) => void, what: string }} options
 * @returns {Promise<string>} everything it printed on standard output
 */
export function run(command, args, { cwd, onLine, what }) {
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, and scripts need the shell there. Arguments are ours, never user input.
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    /** @type {string[]} */
    const tail = [];
    let rest = '';
    const take = (/** @type {string} */ text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        tail.push(line);
        if (tail.length > shownLines) tail.shift();
        onLine?.(line);
      }
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      take(text);
    });
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => reject(new BuildProblem(`${what} could not start: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (rest !== '') tail.push(rest);
      if (code === 0) resolve(output);
      else reject(new BuildProblem(`${what} failed (${signal ?? `exit ${code}`}). Its last lines:\n${tail.join('\n')}`));
    });
  });
}
