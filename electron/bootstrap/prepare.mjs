import { addonReady, buildAddon } from './buildAddon.mjs';
import { appReady, buildApp } from './buildApp.mjs';
import { withBuildLock } from './buildLock.mjs';
import { dependenciesReady, installDependencies } from './installDependencies.mjs';
import { BootstrapError, report } from './report.mjs';

/** The oldest Node that the bootstrap itself runs on. */
const oldestNode = 20;

/** @typedef {'dependencies' | 'addon' | 'app'} Part */

const steps = [
  { part: 'dependencies', ready: dependenciesReady, make: installDependencies },
  { part: 'addon', ready: addonReady, make: buildAddon },
  { part: 'app', ready: appReady, make: buildApp },
];

/**
 * Makes the checkout ready to run: whatever of the asked parts is missing or out of date is made, in order. Costs a few hundredths of a
 * second when nothing is to be done.
 * @param {readonly Part[]} parts
 */
export async function prepare(parts) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode)
    throw new BootstrapError(`Facet needs Node ${oldestNode} or newer to start, and this is Node ${process.versions.node}.`);
  const wanted = steps.filter(({ part }) => parts.includes(/** @type {Part} */ (part)));
  if (wanted.every(({ ready }) => ready())) return;
  const started = Date.now();
  await withBuildLock(async () => {
    for (const { ready, make } of wanted) if (!ready()) await make();
  });
  report(`Ready after ${Math.round((Date.now() - started) / 1000)} s.`);
}
