import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { windowObstacle } from '../../../electron/bootstrap/display.mjs';
import { dependenciesReady } from '../../../electron/bootstrap/installDependencies.mjs';
import { neededNode, projectNode, userFolder } from '../../../electron/bootstrap/project.mjs';
import { nodeComplaint } from '../../../electron/bootstrap/requireNode.mjs';
import { runSuite } from '../../../electron/bootstrap/runSuite.mjs';
import { fingerprint, isStamped, removeStamp, stamp } from '../../../electron/bootstrap/stamps.mjs';
import { playwrightFailures, vitestFailures } from '../../../electron/bootstrap/testFailures.mjs';
import { countPlaywright, countVitest, everydaySuites, realSuites } from '../../../electron/bootstrap/testSuites.mjs';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'facet-bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the folder that file names start from', () => {
  it('is where npm was started, which changes to the checkout first', () => {
    expect(userFolder({ npm_lifecycle_event: 'facet', INIT_CWD: '/home/someone/papers' })).toBe('/home/someone/papers');
  });
  it('is the current one without npm, and under another script of npm', () => {
    expect(userFolder({})).toBe(process.cwd());
    expect(userFolder({ npm_lifecycle_event: 'test', INIT_CWD: '/elsewhere' })).toBe(process.cwd());
  });
});

describe('the Node that runs Facet', () => {
  it('is the one that the dependencies bring', () => {
    const version = execFileSync(projectNode, ['-p', 'process.versions.node'], { encoding: 'utf8' });
    expect(Number.parseInt(version, 10)).toBe(neededNode);
    expect(dependenciesReady()).toBe(true);
  });
  it.each(['24.0.0', '24.21.0', '26.1.0'])('may be %s', (version) => expect(nodeComplaint(version, 24)).toBeNull());
  it.each(['20.20.2', '22.12.0', '18.0.0'])('may not be %s, and the complaint says what to do', (version) => {
    expect(nodeComplaint(version, 24)).toMatch(new RegExp(`this is Node ${version.replaceAll('.', '\\.')}.*npm start`));
  });
  it('is checked before anything else of an entry is loaded', () => {
    const entry = join(folder, 'entry.mjs');
    const check = join(root, 'electron', 'bootstrap', 'requireNode.mjs');
    writeFileSync(entry, `import { requireNode } from ${JSON.stringify(check)};\nrequireNode(99);\nawait import('./missing.mjs');\n`);
    const { status, stdout, stderr } = spawnSync(projectNode, [entry], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^facet: Facet needs Node 99 or newer.*\n$/);
  });
});

describe('a window can be opened', () => {
  const facts = { platform: 'linux', environment: { DISPLAY: ':0' }, userId: 1000 };
  it.each([
    [facts],
    [{ ...facts, environment: { WAYLAND_DISPLAY: 'wayland-0' } }],
    [{ ...facts, platform: 'darwin', environment: {}, userId: 0 }],
    [{ ...facts, platform: 'win32', environment: {}, userId: null }],
  ])('%o', (machine) => expect(windowObstacle(machine)).toBeNull());
  it.each([
    [{ ...facts, environment: {} }, /no display/],
    [{ ...facts, environment: { DISPLAY: '' } }, /no display/],
    [{ ...facts, userId: 0 }, /root/],
  ])('not: %o', (machine, why) => expect(windowObstacle(machine)).toMatch(why));
});

describe('stamps', () => {
  const path = (name: string): string => relative(root, join(folder, name));
  it('change with content, names and facts, and with nothing else', () => {
    writeFileSync(join(folder, 'a.txt'), 'one');
    const before = fingerprint([path('a.txt')]);
    writeFileSync(join(folder, 'a.txt'), 'one');
    expect(fingerprint([path('a.txt')])).toBe(before);
    writeFileSync(join(folder, 'a.txt'), 'two');
    expect(fingerprint([path('a.txt')])).not.toBe(before);
    expect(fingerprint([path('a.txt')], ['x'])).not.toBe(fingerprint([path('a.txt')]));
    expect(fingerprint([path('missing')])).toBe(fingerprint([]));
  });
  it('are forgotten when a step begins', () => {
    const name = `test-${process.pid}`;
    stamp(name, 'print');
    expect([isStamped(name, 'print'), isStamped(name, 'other')]).toEqual([true, false]);
    removeStamp(name);
    expect(isStamped(name, 'print')).toBe(false);
  });
});

describe('the test commands', () => {
  it('count what their runners report', () => {
    expect(countVitest({ numPassedTests: 5, numFailedTests: 1, numTotalTests: 8 })).toEqual({ passed: 5, failed: 1, skipped: 2 });
    expect(countPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } })).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });
  it('name each failed test, with the first lines of why', () => {
    const passed = { fullName: 'a sum adds', status: 'passed', failureMessages: [] };
    const failed = {
      fullName: 'a sum carries',
      status: 'failed',
      failureMessages: ['\u001b[31mexpected 3 to be 4\u001b[39m\n\n    at sum.test.ts:5\n    at new Promise (node_modules/x.js:1)'],
    };
    expect(
      vitestFailures({
        testResults: [
          { name: join(root, 'sum.test.ts'), status: 'failed', message: '', assertionResults: [passed, failed] },
          { name: join(root, 'broken.test.ts'), status: 'failed', message: 'Unexpected token', assertionResults: [] },
          { name: join(root, 'fine.test.ts'), status: 'passed', message: '', assertionResults: [passed] },
        ],
      }),
    ).toEqual([
      { file: 'sum.test.ts', name: 'sum.test.ts › a sum carries', why: 'expected 3 to be 4\n    at sum.test.ts:5' },
      { file: 'broken.test.ts', name: 'broken.test.ts', why: 'Unexpected token' },
    ]);
    const spec = (title: string, status: string, message?: string) => ({
      title,
      file: 'chat.spec.ts',
      line: 7,
      tests: [{ status, results: [{}, ...(message === undefined ? [] : [{ error: { message } }])] }],
    });
    const suites = [
      { specs: [spec('sends', 'expected')], suites: [{ specs: [spec('stops', 'unexpected', 'Timed out'), spec('waits', 'flaky')] }] },
    ];
    expect(playwrightFailures({ suites })).toEqual([
      { file: 'chat.spec.ts', name: 'chat.spec.ts:7 › stops', why: 'Timed out' },
      { file: 'chat.spec.ts', name: 'chat.spec.ts:7 › waits', why: '' },
    ]);
  });
  it('run the files of a few failed tests once more where they are told to, and tell the unsteady from the broken', async () => {
    const runner = join(folder, 'runner.mjs');
    const calls = join(folder, 'calls');
    // Fails in the test that it is named after: always, or unless it is given that file alone.
    writeFileSync(
      runner,
      `import { appendFileSync, writeFileSync } from 'node:fs';
      const [always, ...args] = process.argv.slice(2);
      const files = args.filter((argument) => !argument.startsWith('--'));
      appendFileSync(${JSON.stringify(calls)}, files.join() + ';');
      const fails = always === 'broken' || files.length === 0;
      const spec = { title: 'sends', file: 'chat.spec.ts', line: 7, tests: [{ status: fails ? 'unexpected' : 'expected', results: [] }] };
      const stats = { expected: fails ? 4 : 1, unexpected: fails ? 1 : 0, flaky: 0, skipped: 0 };
      writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME, JSON.stringify({ stats, suites: [{ specs: [spec] }] }));
      process.exit(fails ? 1 : 0);`,
    );
    const run = async (kind: string, secondTry: boolean) => {
      writeFileSync(calls, '');
      const suite = { name: `runner of ${String(process.pid)}`, command: [runner, kind], report: 'playwright' as const };
      const { seconds, ...outcome } = await runSuite(suite, {}, { secondTry });
      expect(seconds).toBeGreaterThanOrEqual(0);
      return { ...outcome, calls: readFileSync(calls, 'utf8') };
    };
    const failure = { file: 'chat.spec.ts', name: 'chat.spec.ts:7 › sends', why: '' };
    const once = { passed: 4, failed: 1, skipped: 0, failures: [failure], unsteady: [] };
    expect(await run('unsteady', false)).toEqual({ ...once, calls: ';' });
    expect(await run('unsteady', true)).toEqual({
      ...{ passed: 5, failed: 0, skipped: 0, failures: [], unsteady: [failure] },
      calls: ';chat.spec.ts;',
    });
    expect(await run('broken', true)).toEqual({ ...once, calls: ';chat.spec.ts;' });
    rmSync(join(root, '.cache', 'test-reports', `runner-of-${String(process.pid)}.json`));
  });
  it('run every suite that the design asks for', () => {
    expect(everydaySuites.map(({ name }) => name)).toEqual(['types', 'lint', 'format', 'unit', 'contract', 'native', 'e2e', 'electron']);
    expect(realSuites).not.toEqual([]);
  });
  it('are what continuous integration calls', () => {
    const script = readFileSync(join(root, '.ci', 'run'), 'utf8');
    expect(script).toContain('npm test');
    expect(script).toContain('npm run test:real');
  });
});
