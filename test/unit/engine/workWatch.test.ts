import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWorkWatch, stillBeats } from '../../../electron/engine/workWatch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function rig() {
  const told: boolean[] = [];
  let ended = 0;
  const watch = createWorkWatch({ graceMs: 20_000, stuck: () => (ended += 1) });
  watch.onStalled((stalled) => told.push(stalled));
  /** So many beats, in each of which the child used `ms` of the processor; null: it does not answer. */
  let used = 0;
  const beats = (count: number, ms: number | null): void => {
    for (let beat = 0; beat < count; beat++) watch.beat({ cpuMs: ms === null ? null : (used += ms) });
  };
  return { watch, told, beats, ended: () => ended };
}

test('work that says nothing and uses no processor time for a minute is told, once', () => {
  const { watch, told, beats, ended } = rig();
  watch.begin(undefined);
  beats(stillBeats - 1, 1);
  expect(told).toEqual([]);
  beats(1, 1);
  expect(told).toEqual([true]);
  beats(10 * stillBeats, 1);
  expect(told).toEqual([true]);
  expect(ended()).toBe(0);
});

test('so is a child that does not answer at all', () => {
  const { watch, told, beats } = rig();
  watch.begin(undefined);
  beats(stillBeats, null);
  expect(told).toEqual([true]);
});

test('processor time is work, a word is progress, and either ends it', () => {
  const { watch, told, beats } = rig();
  watch.begin(undefined);
  // A load that says nothing, from a slow disk: little of the processor, but not nothing.
  beats(4 * stillBeats, 20);
  expect(told).toEqual([]);
  for (let words = 0; words < 4; words++) {
    watch.heard();
    beats(stillBeats - 1, 1);
  }
  watch.heard();
  expect(told).toEqual([]);
  beats(stillBeats, 1);
  watch.heard();
  expect(told).toEqual([true, false]);
  beats(stillBeats, 1);
  beats(1, 400);
  expect(told).toEqual([true, false, true, false]);
});

test('without work there is nothing to wait for, and answers to other requests are no progress of this one', () => {
  const { watch, told, beats } = rig();
  beats(2 * stillBeats, null);
  expect(told).toEqual([]);
  const answer = watch.begin(undefined);
  for (let beat = 0; beat < stillBeats; beat++) {
    watch.begin(undefined)();
    beats(1, 1);
  }
  expect(told).toEqual([true]);
  answer();
  expect(told).toEqual([true, false]);
});

test('another child begins anew', () => {
  const { watch, told, beats } = rig();
  beats(1, 90_000);
  watch.begin(undefined);
  beats(stillBeats - 1, 0);
  watch.beat({ cpuMs: 100 });
  watch.beat({ cpuMs: 110 });
  expect(told).toEqual([]);
});

test('a cancelled request that goes on is stuck after its grace; one that ends in time is not', () => {
  const { watch, ended } = rig();
  const [first, second] = [new AbortController(), new AbortController()];
  watch.begin(first.signal);
  const answered = watch.begin(second.signal);
  first.abort();
  second.abort();
  answered();
  vi.advanceTimersByTime(19_999);
  expect(ended()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(ended()).toBe(1);
});
