/**
 * One suite of `npm test`: a command, and how its own report is read.
 * @typedef {object} Suite
 * @property {string} name
 * @property {readonly string[]} command arguments for the project's Node
 * @property {'lines' | 'vitest' | 'playwright'} report `lines`: passes or fails as a whole; the others write a JSON report
 */

const eslint = 'node_modules/eslint/bin/eslint.js';
const prettier = 'node_modules/prettier/bin/prettier.cjs';
const playwright = 'node_modules/playwright/cli.js';

/** @param {string} name @returns {Suite} */
const vitest = (name) => ({ name, command: ['node_modules/vitest/vitest.mjs', 'run', '--project', name], report: 'vitest' });
/** @param {string} name @returns {Suite} */
const browser = (name) => ({
  name,
  command: [playwright, 'test', '--project', name, '--output', `.cache/test-results/${name}`],
  report: 'playwright',
});

/** `npm test`, in the order that finds the cheapest fault first. @type {readonly Suite[]} */
export const everydaySuites = [
  { name: 'types', command: ['electron/bootstrap/types.mjs'], report: 'lines' },
  { name: 'lint', command: [eslint, '.', '--max-warnings', '0'], report: 'lines' },
  { name: 'format', command: [prettier, '--check', '--log-level', 'warn', '.'], report: 'lines' },
  vitest('unit'),
  vitest('contract'),
  vitest('native'),
  browser('e2e'),
  browser('electron'),
];

/** `npm run test:real`: with the real 270M. @type {readonly Suite[]} */
export const realSuites = [vitest('real'), { ...browser('real'), name: 'real in the browser' }];

/** `npm run test:vulkan`: the addon on Vulkan, by Mesa's software driver where there is no graphics card. @type {readonly Suite[]} */
export const vulkanSuites = [vitest('vulkan')];

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** The counts of vitest's JSON report. @param {{ numPassedTests: number, numFailedTests: number, numTotalTests: number }} report @returns {Counts} */
export function countVitest({ numPassedTests, numFailedTests, numTotalTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numTotalTests - numPassedTests - numFailedTests };
}

/** The counts of Playwright's JSON report. @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report @returns {Counts} */
export function countPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
