import { expect, test } from 'vitest';
import { type Prefill, fitPrefill, prefillMs } from '../../../../electron/services/speeds/runCost.ts';

/** The smallest model on two cores: 20 ms a pass, 3 ms a token, and attention that doubles a token's cost at a depth of 20,000. */
const machine = { pass: 20, token: 3, depth: 1.5e-4 };
const measured = (from: number, to: number, busy = 1): Prefill => ({ from, to, ms: prefillMs(machine, from, to) * busy });
const off = (predicted: number, from: number, to: number): number => Math.abs(predicted / prefillMs(machine, from, to) - 1);

test('nothing is foretold before anything was measured, and nothing new costs nothing', () => {
  expect(fitPrefill([], 6e-5)).toBeNull();
  expect(prefillMs(machine, 400, 400)).toBe(0);
});

test('three depths tell what a document far beyond them takes, which is not in proportion to its length', () => {
  const cost = fitPrefill([measured(0, 16), measured(0, 512), measured(512, 2048), measured(2048, 4096)], 6e-5);
  if (cost === null) throw new Error('nothing was fitted');
  for (const [from, to] of [
    [0, 100],
    [0, 8_000],
    [0, 30_000],
    [28_000, 28_050],
  ] as const) {
    expect(off(prefillMs(cost, from, to), from, to)).toBeLessThan(0.01);
  }
  // In proportion, 30,000 tokens would be foretold at less than half of what they take.
  expect(off((30_000 / 512) * prefillMs(machine, 0, 512), 0, 30_000)).toBeGreaterThan(0.4);
});

test('measurements that are off by a tenth are off by little together', () => {
  const cost = fitPrefill([measured(0, 30, 1.2), measured(0, 512, 0.9), measured(512, 2048, 1.1), measured(2048, 4096, 0.95)], 6e-5);
  if (cost === null) throw new Error('nothing was fitted');
  expect(off(prefillMs(cost, 0, 20_000), 0, 20_000)).toBeLessThan(0.3);
});

test('before anything deep was measured, attention is expected to grow as it does by the shape', () => {
  const cost = fitPrefill([measured(0, 1), measured(0, 600)], machine.depth / machine.token);
  if (cost === null) throw new Error('nothing was fitted');
  expect(off(prefillMs(cost, 0, 20_000), 0, 20_000)).toBeLessThan(0.05);
  const one = fitPrefill([measured(0, 600)], machine.depth / machine.token);
  expect(off(prefillMs(one ?? machine, 0, 20_000), 0, 20_000)).toBeLessThan(0.05);
});

test('no cost is negative, whatever was measured', () => {
  const odd = fitPrefill(
    [
      { from: 0, to: 500, ms: 4_000 },
      { from: 500, to: 4_000, ms: 3_000 },
      { from: 4_000, to: 4_010, ms: 1 },
    ],
    6e-5,
  );
  for (const value of Object.values(odd ?? { pass: -1 })) expect(value).toBeGreaterThanOrEqual(0);
  expect(prefillMs(odd ?? machine, 0, 5_000)).toBeGreaterThan(0);
});
