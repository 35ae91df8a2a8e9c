import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { greedy, loadEngine, loadParams, openAddon, text } from './nativeEngine.ts';

const addon = openAddon();
let engine: NativeEngine;
beforeAll(async () => {
  ({ engine } = await loadEngine(addon));
});

interface NumericOption {
  readonly name: string;
  readonly min: number;
  /** Largest value below the range, where that is not just below `min`. */
  readonly below?: number;
  readonly max: number;
  readonly whole: boolean;
  /** Calls the addon with this value. */
  readonly call: (value: unknown) => Promise<unknown>;
}

const run = (change: object, sampling: object = {}): Promise<unknown> =>
  engine.run(
    { runId: 'a', parts: [text('Total')], sampling: { ...greedy, ...sampling }, maxTokens: 1, stopTexts: [], ...change },
    new addon.CancelFlag(),
    () => undefined,
  );
const load = (change: object): Promise<unknown> => {
  const cancel = new addon.CancelFlag();
  cancel.set();
  return new addon.Engine().load({ ...loadParams(), ...change }, cancel, () => undefined);
};

const options: readonly NumericOption[] = [
  { name: 'temperature', min: 0, max: 2, whole: false, call: (temperature) => run({}, { temperature }) },
  { name: 'topK', min: 1, max: 1000, whole: true, call: (topK) => run({}, { topK }) },
  { name: 'topP', min: 1e-6, below: 0, max: 1, whole: false, call: (topP) => run({}, { topP }) },
  { name: 'minP', min: 0, max: 1, whole: false, call: (minP) => run({}, { minP }) },
  { name: 'seed', min: 0, max: 2 ** 32 - 1, whole: true, call: (seed) => run({}, { seed }) },
  { name: 'maxTokens', min: 1, max: 32_768, whole: true, call: (maxTokens) => run({ maxTokens }) },
  { name: 'contextTokens', min: 256, max: 131_072, whole: true, call: (contextTokens) => load({ contextTokens }) },
  { name: 'threads', min: 0, max: 256, whole: true, call: (threads) => load({ threads }) },
  {
    name: 'side',
    min: 1,
    max: 4096,
    whole: true,
    call: (side) => engine.encode('k', side as number, new Uint8Array(3), new addon.CancelFlag()),
  },
];

const never = [Number.NaN, Infinity, -Infinity, 1e308, -1e308, 2 ** 63, '1', '', null, undefined, true, {}, [], 10n];

/** The error's code and field, or that there was none. */
async function refusal(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'accepted';
  } catch (error) {
    const { code, subject, reason } = error as { readonly code?: string; readonly subject?: string; readonly reason?: string };
    // In range, but not what the loaded model wants: another refusal than the one for the range.
    return reason?.endsWith('for this model') === true ? 'wrong for this model' : `${String(code)} ${String(subject)}`;
  }
}

describe.each(options)('$name', ({ name, min, below, max, whole, call }) => {
  const refused = `invalidRequest ${name}`;

  test.each(never)('refuses %s', async (value) => {
    expect(await refusal(() => call(value))).toBe(refused);
  });

  test('refuses everything outside its range', async () => {
    const outside = fc.oneof(
      fc.double({ noNaN: true, max: below ?? min - Math.max(1e-9, min * 1e-9) }),
      fc.double({ noNaN: true, min: max + Math.max(1e-6, max * 1e-9) }),
      ...(whole ? [fc.double({ noNaN: true, min, max }).filter((value) => !Number.isInteger(value))] : []),
    );
    await fc.assert(
      fc.asyncProperty(outside, async (value) => {
        expect(await refusal(() => call(value))).toBe(refused);
      }),
      { numRuns: 60 },
    );
  });

  test('does not refuse its ends', async () => {
    for (const value of [min, max]) expect(await refusal(() => call(value))).not.toBe(refused);
  });
});

test.each([[[]], [['']], [['x'.repeat(257)]], [Array(17).fill('x')], ['User:'], [[1]]])('stop texts %j', async (stopTexts) => {
  const fine = Array.isArray(stopTexts) && stopTexts.length === 0;
  expect(await refusal(() => run({ stopTexts }))).toBe(fine ? 'accepted' : 'invalidRequest stopTexts');
});

test('shapes that are no requests are refused', async () => {
  const anything = engine as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('load', 'tokenize', 'encode', 'run', 'logits'),
      fc.array(fc.anything(), { maxLength: 4 }),
      async (method, args) => {
        expect(await refusal(async () => anything[method]?.(...args))).toMatch(/^(invalidRequest|accepted)/);
      },
    ),
    { numRuns: 200 },
  );
});
