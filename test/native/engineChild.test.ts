import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { type Supervisor, createSupervisor } from '../../electron/children/supervisor.ts';
import { createEngineClient } from '../../electron/engine/engineClient.ts';
import { viewOf } from './labels.ts';
import { control, greedy, loadParams, projectRoot, readerPrompt, text, tinyReader, turnStart } from './nativeEngine.ts';

const supervisors: Supervisor[] = [];
afterEach(async () => {
  await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.stop()));
});

function startEngine() {
  const entry = join(projectRoot, 'electron', 'engine', 'engineMain.ts');
  const starter = createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: projectRoot } });
  const supervisor = createSupervisor({ name: 'engine', starter, restartBudget: { count: 4, windowMs: 60_000, delayMs: 1 } });
  supervisors.push(supervisor);
  return { supervisor, client: createEngineClient({ supervisor }) };
}

test('the engine in its own process reads a label', async () => {
  const { client } = startEngine();
  await client.request('model.load', loadParams());
  const { key, rgb } = await viewOf('parcel.png', 112);
  await client.request('image.encode', { key, side: 112, rgb });
  const run = { runId: 'a', parts: readerPrompt(key, 'Total?'), sampling: greedy, maxTokens: 12, stopTexts: [] };
  expect((await client.request('generation.run', run)).text).toBe('731');
});

test('a killed engine rejects what was asked, tells why, and comes back with the next request', async () => {
  const { supervisor, client } = startEngine();
  const reasons: string[] = [];
  client.onStopped((reason) => reasons.push(reason));
  await client.request('model.load', loadParams());
  let written = 0;
  const killed = new Promise<void>((resolve) => {
    client.on('generation.wrote', ({ tokens: count }) => {
      written += count;
      supervisor.kill('killed by the test');
      resolve();
    });
  });
  const wild = { temperature: 2, topK: 1000, topP: 1, minP: 0, seed: 1 };
  const run = { runId: 'a', parts: [control(turnStart), text('Name')], sampling: wild, maxTokens: 1900, stopTexts: [] };
  await expect(client.request('generation.run', run)).rejects.toMatchObject({
    data: { code: 'engineStopped', details: { reason: 'killed by the test' } },
  });
  await killed;
  expect(written).toBeGreaterThan(0);
  expect(reasons).toEqual(['killed by the test']);

  await expect(client.request('generation.run', run)).rejects.toMatchObject({ data: { code: 'modelMissing' } });
  expect((await client.request('model.load', loadParams())).backend).toBe('CPU');
});

test('a native assertion is told before the process dies of it', async () => {
  // A file the reader child would refuse: its epsilon is not a number.
  const bytes = readFileSync(tinyReader.textPath);
  const key = 'gemma3.attention.layer_norm_rms_epsilon';
  bytes.writeFloatLE(Number.NaN, bytes.indexOf(key) + key.length + 4);
  const folder = mkdtempSync(join(tmpdir(), 'facet-assert-'));
  writeFileSync(join(folder, 'text.gguf'), bytes);

  const { client } = startEngine();
  const fatal: string[] = [];
  client.on('engine.logged', ({ level, text: line }) => {
    if (level === 'fatal') fatal.push(line);
  });
  // A model this small reads its first token as it is loaded.
  const load = client.request('model.load', loadParams({ textPath: join(folder, 'text.gguf'), projectorPath: null }));
  await expect(load).rejects.toMatchObject({
    data: { code: 'engineStopped', details: { reason: expect.stringContaining('GGML_ASSERT(eps') as string } },
  });
  expect(fatal).toHaveLength(1);
  expect(fatal[0]).toContain('GGML_ASSERT(eps');
  rmSync(folder, { recursive: true });
});
