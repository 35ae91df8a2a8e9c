// `npm test`, `npm run test:real` and `npm run test:vulkan`. Usage: node electron/bootstrap/test.mjs [real|vulkan] [SUITE…]
import { prepare } from './prepare.mjs';
import { requireRealModel } from './realModel.mjs';
import { BootstrapError, report, runBootstrap } from './report.mjs';
import { runSuite } from './runSuite.mjs';
import { requireChromium } from './systemPackages.mjs';
import { everydaySuites, realSuites, vulkanSuites } from './testSuites.mjs';

const specialSuites = new Map([
  ['real', realSuites],
  ['vulkan', vulkanSuites],
]);

/** @param {readonly string[]} args */
async function test(args) {
  const [first = ''] = args;
  const special = specialSuites.get(first);
  const names = special === undefined ? args : args.slice(1);
  const suites = (special ?? everydaySuites).filter(({ name }) => names.length === 0 || names.includes(name));
  if (suites.length === 0) throw new BootstrapError(`There is no suite called ${names.join(', ')}.`);
  // For machines that nobody watches: a race lost once is told by name, and does not hide the other results.
  const secondTry = process.env['FACET_SECOND_TRY'] === '1';
  const started = Date.now();
  await prepare(['dependencies', 'addon', 'app']);
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...(suites.some((suite) => suite.report === 'playwright') ? { FACET_CHROMIUM: await requireChromium() } : {}),
    ...(special === realSuites ? { FACET_REAL_MODEL: await requireRealModel() } : {}),
  };

  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  const allFailures = [];
  const allUnsteady = [];
  for (const suite of suites) {
    const { passed, failed, skipped, failures, unsteady, seconds } = await runSuite(suite, env, { secondTry });
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    allFailures.push(...failures);
    allUnsteady.push(...unsteady);
    lines.push(
      `${failed === 0 ? 'ok  ' : 'FAIL'} ${suite.name.padEnd(20)} ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`,
    );
  }
  report('');
  for (const line of lines) process.stdout.write(`${line}\n`);
  // Once more at the end, where somebody who sees only the last lines finds them.
  for (const failure of allUnsteady) process.stdout.write(`UNSTEADY, passed at the second try: ${described(failure)}`);
  for (const failure of allFailures) process.stdout.write(`FAIL ${described(failure)}`);
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped in ${minutes} min\n`);
  return total.failed === 0 ? 0 : 1;
}

/** @param {import('./testFailures.mjs').Failure} failure */
const described = ({ name, why }) => `${name}\n${why.replace(/^(?=.)/gm, '     ')}\n`;

await runBootstrap(() => test(process.argv.slice(2)));
