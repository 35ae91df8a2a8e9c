import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inProject, projectNode } from './project.mjs';
import { report } from './report.mjs';
import { runProgram } from './runProcess.mjs';
import { playwrightFailures, vitestFailures } from './testFailures.mjs';
import { countPlaywright, countVitest } from './testSuites.mjs';

/**
 * How a suite went.
 * @typedef {import('./testSuites.mjs').Counts & { failures: import('./testFailures.mjs').Failure[], unsteady: import('./testFailures.mjs').Failure[], seconds: number }} Outcome
 * `unsteady`: failed first and passed when their files were run again, alone; counted as passed
 */

/** More files than these are not unsteady but broken. */
const mostFilesTriedAgain = 3;

/**
 * Runs one suite and says how it went. A suite that ends badly without a failed test of its own, or that found no test, counts as one failure.
 * @param {import('./testSuites.mjs').Suite} suite
 * @param {NodeJS.ProcessEnv} env
 * @param {{ secondTry?: boolean }} [options] `secondTry`: the files of a few failed tests are run once more
 * @returns {Promise<Outcome>}
 */
export async function runSuite(suite, env, { secondTry = false } = {}) {
  const started = Date.now();
  report(`\n── ${suite.name} ${'─'.repeat(Math.max(0, 60 - suite.name.length))}`);
  const first = await runFiles(suite, env, []);
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const files = [...new Set(first.failures.map(({ file }) => file))];
  if (!secondTry || files.length === 0 || files.length > mostFilesTriedAgain)
    return { ...first.counts, failures: first.failures, unsteady: [], seconds: seconds() };
  report(`\n── ${suite.name}, once more: ${files.join(', ')}`);
  const second = await runFiles(suite, env, files);
  if (second.counts.failed > 0) return { ...first.counts, failures: second.failures, unsteady: [], seconds: seconds() };
  const { passed, failed, skipped } = first.counts;
  return { passed: passed + failed, failed: 0, skipped, failures: [], unsteady: first.failures, seconds: seconds() };
}

/**
 * Runs the files of a suite, all of them where none is named.
 * @param {import('./testSuites.mjs').Suite} suite
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} files
 * @returns {Promise<{ counts: import('./testSuites.mjs').Counts, failures: import('./testFailures.mjs').Failure[] }>}
 */
async function runFiles(suite, env, files) {
  const file = inProject('.cache', 'test-reports', `${suite.name.replaceAll(' ', '-')}.json`);
  mkdirSync(inProject('.cache', 'test-reports'), { recursive: true });
  rmSync(file, { force: true });
  const extra =
    suite.report === 'vitest'
      ? ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      : suite.report === 'playwright'
        ? ['--reporter=list,json']
        : [];
  const code = await runProgram(projectNode, [...suite.command, ...files, ...extra], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  const { counts, failures } =
    suite.report === 'lines'
      ? { counts: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, failures: [] }
      : readReport(suite.report, file);
  const foundNothing = counts.passed + counts.failed + counts.skipped === 0;
  if (counts.failed === 0 && (code !== 0 || foundNothing)) counts.failed = 1;
  return { counts, failures };
}

/**
 * @param {'vitest' | 'playwright'} kind @param {string} file
 * @returns {{ counts: import('./testSuites.mjs').Counts, failures: import('./testFailures.mjs').Failure[] }}
 */
function readReport(kind, file) {
  try {
    const content = JSON.parse(readFileSync(file, 'utf8'));
    return kind === 'vitest'
      ? { counts: countVitest(content), failures: vitestFailures(content) }
      : { counts: countPlaywright(content), failures: playwrightFailures(content) };
  } catch {
    // The runner died before it could write its report.
    return { counts: { passed: 0, failed: 1, skipped: 0 }, failures: [] };
  }
}
