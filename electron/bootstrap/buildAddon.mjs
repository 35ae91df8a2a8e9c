import { existsSync, readdirSync } from 'node:fs';
import { hasFile, inProject, projectNode } from './project.mjs';
import { report } from './report.mjs';
import { runStep } from './runProcess.mjs';
import { fingerprint, isStamped, removeStamp, stamp } from './stamps.mjs';

const stampName = 'addon';
const inputs = ['native/CMakeLists.txt', 'native/src', 'native/cpu', 'native/build.mjs', 'native/build-steps', 'package-lock.json'];
const choices = ['FACET_NATIVE_FROM_SOURCE', 'FACET_NATIVE_PORTABLE'];

function addonPrint() {
  const packs = inProject('node_modules', '@node-llama-cpp');
  const installed = existsSync(packs) ? readdirSync(packs).sort() : [];
  return fingerprint(inputs, [process.platform, process.arch, ...choices.map((name) => process.env[name] ?? ''), ...installed]);
}

/** True when native/out was built from what the sources say now. */
export const addonReady = () => hasFile('native', 'out', 'facet.node') && isStamped(stampName, addonPrint());

/** Builds the native addon. native/build.mjs says which line installs a missing compiler or CMake. */
export async function buildAddon() {
  report('Building the native addon (once; three to five minutes) …');
  removeStamp(stampName);
  const print = addonPrint();
  await runStep('Building the native addon', projectNode, [inProject('native', 'build.mjs')]);
  stamp(stampName, print);
}
