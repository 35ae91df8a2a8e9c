import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { EngineClient } from '../../electron/engine/engineClient.ts';
import type { ActiveModel } from '../../electron/services/generation/modelHost.ts';
import type { EncoderSpeeds } from '../../electron/services/images/encoderSpeeds.ts';
import { measureModel } from '../../electron/services/speeds/benchmark.ts';
import type { RunSpeeds } from '../../electron/services/speeds/runSpeeds.ts';
import { connectEngine, loadParams } from './nativeEngine.ts';

const engine = connectEngine();
const folder = await mkdtemp(join(tmpdir(), 'facet-bench-'));
const projectorSha256 = 'a'.repeat(64);
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

test('a model that sees is measured by pictures too, and nothing of them is kept', async () => {
  const loaded = await engine.request('model.load', loadParams({ embeddingFolder: folder, projectorSha256 }));
  const active = { model: { projector: { sha256: projectorSha256 } }, loaded } as unknown as ActiveModel;
  const runs: number[] = [];
  const views: number[] = [];
  const speeds: RunSpeeds = {
    record: (_active, { promptTokens }) => runs.push(promptTokens),
    recordOverhead: () => undefined,
    costs: () => ({ prefill: null, decode: { token: 1, depth: 0 }, takeUp: null, overhead: null }),
  };
  const encoderSpeeds = { viewMs: () => 1, record: (_encoder: unknown, ms: number) => views.push(ms) } as unknown as EncoderSpeeds;
  await measureModel(
    active,
    { engine: engine as unknown as EngineClient, speeds, encoderSpeeds },
    { signal: new AbortController().signal, budgetMs: 1e9, progress: () => undefined },
  );
  expect(runs).toHaveLength(1);
  expect(views).toHaveLength(2);
  expect(views.every((ms) => ms > 0)).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});
