import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { createSupervisor } from '../../electron/children/supervisor.ts';
import { createEngineClient } from '../../electron/engine/engineClient.ts';
import { trueProjectorSpec, writeRandom } from '../fakes/trueShapes.ts';
import { connectEngine, greedy, loadParams, projectRoot, text } from './nativeEngine.ts';

const folder = mkdtempSync(join(tmpdir(), 'facet-memory-'));
const projectorPath = join(folder, 'wide.gguf');
const side = 224;
beforeAll(() => writeRandom(projectorPath, trueProjectorSpec({ textWidth: 128, blocks: 2, side })));
afterAll(() => rmSync(folder, { recursive: true }));

test('a load tells when looking at pictures may not fit beside the model', async () => {
  const engine = connectEngine();
  const loaded = await engine.request('model.load', loadParams({ projectorPath, freeMemoryBytes: 50_000_000 }));
  expect(loaded.warnings).toHaveLength(1);
  expect(loaded.warnings[0]).toMatch(/^Looking at pictures takes \d+ MB of memory .* and 50 MB are free/u);
  expect((await engine.request('model.load', loadParams({ projectorPath, freeMemoryBytes: 50_000_000_000 }))).warnings).toEqual([]);
  engine.close();
});

test('the memory of looking at pictures holds the scratch of an encode', async () => {
  const engine = connectEngine();
  const { memory } = await engine.request('model.load', loadParams({ projectorPath }));
  // One feed-forward row and three of the residual stream for each of 256 patches, with flash attention; more without.
  expect(memory.vision - statSync(projectorPath).size).toBeGreaterThan(0.97 * 256 * 4 * (4304 + 3 * 1152));
  engine.close();
});

/** Process ids of this process's children that run the engine. */
const engineProcess = (): number => {
  const children = readFileSync(`/proc/${String(process.pid)}/task/${String(process.pid)}/children`, 'utf8')
    .trim()
    .split(' ');
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engineMain'));
  if (found === undefined) throw new Error('no engine process');
  return Number(found);
};

test.skipIf(process.platform !== 'linux')('an encode without memory fails with a clear error, and the chat goes on', async () => {
  const entry = join(projectRoot, 'electron', 'engine', 'engineMain.ts');
  const starter = createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: projectRoot } });
  const supervisor = createSupervisor({ name: 'engine', starter });
  const client = createEngineClient({ supervisor });
  const deaths: string[] = [];
  client.onStopped((reason) => deaths.push(reason));
  const run = { runId: 'a', parts: [text('Total')], sampling: greedy, maxTokens: 1, stopTexts: [] };
  const view = { key: 'a', side, rgb: new Uint8Array(side * side * 3) };
  try {
    const { memory } = await client.request('model.load', loadParams({ projectorPath }));
    await client.request('generation.run', run);
    const pid = engineProcess();
    const used = Number(/VmSize:\s+(\d+)/u.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) * 1024;
    // No room for the weights; for the weights but not the scratch; for both but not for what ggml cannot do without.
    for (const room of [40_000_000, 100_000_000, memory.vision + 60_000_000]) {
      execFileSync('prlimit', ['--pid', String(pid), `--as=${String(used + room)}:`]);
      await expect(client.request('image.encode', view)).rejects.toMatchObject({ data: { code: 'modelLoadFailed' } });
      expect((await client.request('generation.run', run)).promptTokens).toBe(2);
    }
    execFileSync('prlimit', ['--pid', String(pid), '--as=unlimited:']);
    expect(await client.request('image.encode', view)).toMatchObject({ cached: false, tokens: 16 });
    expect(deaths).toEqual([]);
  } finally {
    await supervisor.stop();
  }
});
