import { hasFile, inProject, projectNode } from './project.mjs';
import { report } from './report.mjs';
import { runStep } from './runProcess.mjs';
import { fingerprint, isStamped, removeStamp, stamp } from './stamps.mjs';

/**
 * The two halves of the app: what Node and Electron run, and the page.
 * @type {readonly { name: string, what: string, inputs: readonly string[], output: string, command: readonly string[] }[]}
 */
const halves = [
  {
    name: 'bundle',
    what: 'Bundling the app',
    inputs: ['electron', 'package.json', 'package-lock.json', 'tsconfig.json'],
    output: 'dist/facet.js',
    command: ['electron/bootstrap/bundle.mjs'],
  },
  {
    name: 'renderer',
    what: 'Building the page',
    inputs: ['renderer', 'electron/shared', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'],
    output: 'dist/renderer/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
  },
];

/** @param {typeof halves[number]} half */
const printOf = (half) => fingerprint(half.inputs);
/** @param {typeof halves[number]} half */
const isReady = (half) => hasFile(half.output) && isStamped(half.name, printOf(half));

/** True when dist/ was built from what the sources say now. */
export const appReady = () => halves.every(isReady);

/** Builds what of dist/ is missing or out of date, both halves at once. */
export async function buildApp() {
  report('Building the app …');
  await Promise.all(
    halves
      .filter((half) => !isReady(half))
      .map(async (half) => {
        removeStamp(half.name);
        const print = printOf(half);
        await runStep(half.what, projectNode, [inProject(half.command[0] ?? ''), ...half.command.slice(1)]);
        stamp(half.name, print);
      }),
  );
}
