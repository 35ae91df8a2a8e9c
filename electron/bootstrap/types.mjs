// Checks the types of every layer against its own tsconfig, two at a time, incrementally. Usage: node electron/bootstrap/types.mjs [layer…]
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { hasFile, inProject, projectNode, root } from './project.mjs';

const atOnce = 2;
const layers = [...readdirSync(inProject('electron')).map((name) => `electron/${name}`), 'renderer', 'test'].filter((layer) =>
  hasFile(layer, 'tsconfig.json'),
);
const asked = process.argv.slice(2);
const queue = asked.length === 0 ? layers : layers.filter((layer) => asked.includes(layer));

/** @param {string} layer @returns {Promise<{ layer: string, code: number, output: string }>} */
function check(layer) {
  const buildInfo = inProject('.cache', 'types', `${layer.replaceAll('/', '-')}.tsbuildinfo`);
  const args = [
    inProject('node_modules/typescript/bin/tsc'),
    '-p',
    layer,
    '--incremental',
    '--tsBuildInfoFile',
    buildInfo,
    '--pretty',
    'false',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(projectNode, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ layer, code: code ?? 1, output }));
  });
}

let failed = 0;
async function work() {
  for (let layer = queue.shift(); layer !== undefined; layer = queue.shift()) {
    const { code, output } = await check(layer);
    if (code !== 0) failed += 1;
    process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${layer}\n${output}`);
  }
}
const total = queue.length;
await Promise.all(Array.from({ length: atOnce }, work));
process.stdout.write(`types: ${total - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
