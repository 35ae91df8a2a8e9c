import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inProject, projectNode } from './project.mjs';
import { report } from './report.mjs';
import { runProgram } from './runProcess.mjs';
import { playwrightFailures, vitestFailures } from './testFailures.mjs';
import { countPlaywright, countVitest } from './testSuites.mjs';

/**
 * Runs one suite and says how it went. A suite that ends badly without a failed test of its own, or that found no test, counts as one failure.
 * @param {import('./testSuites.mjs').Suite} suite
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./testSuites.mjs').Counts & { failures: import('./testFailures.mjs').Failure[], seconds: number }>}
 */
export async function runSuite(suite, env) {
  const started = Date.now();
  report(`\n── ${suite.name} ${'─'.repeat(Math.max(0, 60 - suite.name.length))}`);
  const file = inProject('.cache', 'test-reports', `${suite.name.replaceAll(' ', '-')}.json`);
  mkdirSync(inProject('.cache', 'test-reports'), { recursive: true });
  rmSync(file, { force: true });
  const extra =
    suite.report === 'vitest'
      ? ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      : suite.report === 'playwright'
        ? ['--reporter=list,json']
        : [];
  const code = await runProgram(projectNode, [...suite.command, ...extra], { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file } });
  const { counts, failures } =
    suite.report === 'lines'
      ? { counts: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, failures: [] }
      : readReport(suite.report, file);
  const foundNothing = counts.passed + counts.failed + counts.skipped === 0;
  if (counts.failed === 0 && (code !== 0 || foundNothing)) counts.failed = 1;
  return { ...counts, failures, seconds: Math.round((Date.now() - started) / 1000) };
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
