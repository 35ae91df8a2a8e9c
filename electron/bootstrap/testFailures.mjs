import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './project.mjs';

/**
 * One failed test of a report.
 * @typedef {object} Failure
 * @property {string} file as the runner can be given it again
 * @property {string} name file and title
 * @property {string} why the first lines of its message, without colours and the runner's own frames; '' where the report has none
 */

const linesShown = 6;

/** @param {string | undefined} message */
function firstLines(message) {
  const lines = stripVTControlCharacters(message ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^ +at .*node_modules/.test(line));
  return lines.slice(0, linesShown).join('\n');
}

/**
 * The failed tests of vitest's JSON report; a file that could not be run counts as one.
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: { fullName: string, status: string, failureMessages?: string[] }[] }[] }} report
 * @returns {Failure[]}
 */
export function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const file = relative(root, path);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [{ file, name: file, why: firstLines(message) }];
    return failed.map(({ fullName, failureMessages }) => ({ file, name: `${file} › ${fullName}`, why: firstLines(failureMessages?.[0]) }));
  });
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {{ title: string, file: string, line: number, tests: { status: string, results: { error?: { message?: string } }[] }[] }[]} [specs]
 * @property {PlaywrightSuite[]} [suites]
 */

/**
 * The tests of Playwright's JSON report that failed, once or always.
 * @param {{ suites: PlaywrightSuite[] }} report
 * @returns {Failure[]}
 */
export function playwrightFailures({ suites }) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.flatMap(({ title, file, line, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => ({
          file,
          name: `${file}:${line} › ${title}`,
          why: firstLines(results.find(({ error }) => error !== undefined)?.error?.message),
        })),
    ),
    ...playwrightFailures({ suites: inner }),
  ]);
}
