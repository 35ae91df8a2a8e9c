// `npm start`: makes the checkout ready and opens Facet, as a desktop app where that is possible and in the browser elsewhere.
import { windowObstacle } from './display.mjs';
import { getElectron } from './electronBinary.mjs';
import { prepare } from './prepare.mjs';
import { inProject, projectNode, root } from './project.mjs';
import { report, runBootstrap } from './report.mjs';
import { runProgram } from './runProcess.mjs';

const usage = `Usage: npm start [-- --browser] [-- OPTION…]
  --browser   serve the user interface on 127.0.0.1 even where a window could be opened
  --data DIR  data folder (or FACET_DATA)
  --port N    port for the browser; any free one by default
`;

/** @param {readonly string[]} args */
async function start(args) {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  await prepare(['dependencies', 'addon', 'app']);
  const rest = args.filter((arg) => arg !== '--browser');
  const obstacle = args.includes('--browser') ? 'You asked for the browser' : await openWindow(rest);
  if (typeof obstacle === 'number') return obstacle;
  report(`${obstacle}, so Facet opens in your browser instead: use the address below.`);
  return runProgram(projectNode, [inProject('dist', 'facet.js'), 'serve', ...rest], { passOutput: true });
}

/**
 * Opens the desktop app and waits for its end.
 * @param {readonly string[]} args
 * @returns {Promise<number | string>} its exit code, or why there is no window
 */
async function openWindow(args) {
  const { platform, env: environment } = process;
  const obstacle = windowObstacle({ platform, environment, userId: process.getuid?.() ?? null });
  if (obstacle !== null) return obstacle;
  const electron = await getElectron();
  if ('obstacle' in electron) return electron.obstacle;
  return runProgram(electron.path, [root, ...args], { passOutput: true });
}

await runBootstrap(() => start(process.argv.slice(2)));
