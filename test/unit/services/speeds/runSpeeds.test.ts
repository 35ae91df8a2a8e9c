import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { ActiveModel } from '../../../../electron/services/generation/modelHost.ts';
import { prefillMs } from '../../../../electron/services/speeds/runCost.ts';
import { attentionGrowth, createRunSpeeds } from '../../../../electron/services/speeds/runSpeeds.ts';
import { type Machine, createSpeedStore } from '../../../../electron/services/speeds/speedStore.ts';

let database: ReturnType<typeof openDatabase>;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

const cpu: Machine = { modelSha256: 'a', backend: 'CPU', threads: 0, cacheType: 'f16' };
const activeOn = ({ modelSha256, backend, threads, cacheType }: Machine): ActiveModel =>
  ({ model: { size: '270M', text: { sha256: modelSha256 } }, loaded: { backend }, threads, cacheType }) as unknown as ActiveModel;
const run = { promptTokens: 1000, cachedTokens: 0, prefillMs: 3000, takeUpMs: 0, decodeMs: 620, ids: Array.from({ length: 32 }, () => 5) };
const done = { ...run, stopReason: 'endOfTurn' as const };

test('a run tells what the next one takes, also after a restart', () => {
  const speeds = createRunSpeeds(createSpeedStore(database));
  expect(speeds.costs(activeOn(cpu))).toEqual({ prefill: null, decode: null, takeUp: null, overhead: null });
  speeds.record(activeOn(cpu), done);
  const { prefill, decode } = createRunSpeeds(createSpeedStore(database)).costs(activeOn(cpu));
  expect(decode?.token).toBeCloseTo(20);
  expect(prefillMs(prefill ?? { pass: 0, token: 0, depth: 0 }, 0, 1000)).toBeCloseTo(3000);
});

test('another file, backend, number of threads or cache is another machine', () => {
  const speeds = createRunSpeeds(createSpeedStore(database));
  speeds.record(activeOn(cpu), done);
  for (const other of [{ modelSha256: 'b' }, { backend: 'CUDA' }, { threads: 1 }, { cacheType: 'q8_0' as const }]) {
    expect(speeds.costs(activeOn({ ...cpu, ...other })).prefill).toBeNull();
  }
});

test('a busy moment does not count, and a machine that became faster is believed soon', () => {
  const store = createSpeedStore(database);
  for (const ms of [100, 4000, 110]) store.recordPrefill(cpu, { from: 0, to: 100, ms });
  expect(store.of(cpu)?.prefills).toEqual([{ from: 0, to: 100, ms: 110 }]);
  for (let time = 0; time < 3; time += 1) store.recordPrefill(cpu, { from: 0, to: 100, ms: 40 });
  expect(store.of(cpu)?.prefills).toEqual([{ from: 0, to: 100, ms: 40 }]);
});

test('fetching a kept state is not reading, and is known by itself', () => {
  const speeds = createRunSpeeds(createSpeedStore(database));
  speeds.record(activeOn(cpu), { ...done, cachedTokens: 900, takeUpMs: 90, prefillMs: 400 });
  const { prefill, takeUp } = speeds.costs(activeOn(cpu));
  expect(takeUp?.start).toBe(0);
  expect(takeUp?.token).toBeCloseTo(0.1);
  expect(prefillMs(prefill ?? { pass: 0, token: 0, depth: 0 }, 900, 1000)).toBeCloseTo(310);
});

test('a short state takes its time too: what is the same at every length is told from what grows', () => {
  const speeds = createRunSpeeds(createSpeedStore(database));
  for (const cachedTokens of [300, 1000, 12_000]) {
    speeds.record(activeOn(cpu), {
      ...done,
      promptTokens: cachedTokens + 10,
      cachedTokens,
      takeUpMs: 60 + cachedTokens / 100,
      prefillMs: 400,
    });
  }
  const { takeUp } = speeds.costs(activeOn(cpu));
  expect(takeUp?.start).toBeCloseTo(60);
  expect(takeUp?.token).toBeCloseTo(0.01);
});

test('what passes beside reading is part of the way to the first word', () => {
  const speeds = createRunSpeeds(createSpeedStore(database));
  speeds.recordOverhead(activeOn(cpu), { tokens: 350, ms: 0 });
  expect(speeds.costs(activeOn(cpu)).overhead).toBeNull();
  for (const ms of [120, 9000, 110]) speeds.recordOverhead(activeOn(cpu), { tokens: 350, ms });
  speeds.recordOverhead(activeOn(cpu), { tokens: 12_000, ms: 260 });
  const { overhead } = speeds.costs(activeOn(cpu));
  expect((overhead?.start ?? 0) + 350 * (overhead?.token ?? 0)).toBeCloseTo(120);
  expect((overhead?.start ?? 0) + 12_000 * (overhead?.token ?? 0)).toBeCloseTo(260);
});

test('a run that was stopped before its first word says nothing', () => {
  const speeds = createRunSpeeds(createSpeedStore(database));
  speeds.record(activeOn(cpu), { ...run, ids: [], stopReason: 'cancelled' });
  expect(speeds.costs(activeOn(cpu)).prefill).toBeNull();
});

test('the newest machine of a model, and of any', () => {
  const store = createSpeedStore(database);
  expect(store.newest(null)).toBeNull();
  store.recordDecode(cpu, { depth: 10, tokens: 10, ms: 100 });
  expect(store.newest('a')).toEqual(cpu);
  expect(store.newest(null)).toEqual(cpu);
  expect(store.newest('b')).toBeNull();
});

test('attention grows the less beside the weights the larger the model', () => {
  const growths = (['270M', '1B', '4B', '12B', '27B'] as const).map(attentionGrowth);
  expect(growths[0]).toBeGreaterThan(5e-5);
  expect(growths.at(-1)).toBeLessThan(growths[0] ?? 0);
});
