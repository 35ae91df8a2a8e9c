import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { image, loadEngine, openAddon, tokens } from './nativeEngine.ts';

/** Largest difference of a logit between the addon and the NumPy implementation; the logits lie within -4 and 4. */
const tolerance = 1e-3;
const folder = join(import.meta.dirname, 'reference/golden');

interface GoldenCase {
  readonly name: string;
  readonly prompt: readonly (number | { readonly image: number })[];
  readonly logits: readonly number[];
  /** By name: what the same reference computes with one thing done wrong. */
  readonly faults: Readonly<Record<string, readonly number[]>>;
}
interface Golden {
  readonly imageSide: number;
  readonly imageTokens: number;
  readonly cases: readonly GoldenCase[];
}
const golden = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as Golden;

/** The pattern of make_golden.py. */
function picture(number: number, side: number): Uint8Array {
  const rgb = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let channel = 0; channel < 3; channel++) {
        rgb[(y * side + x) * 3 + channel] = (x * (7 + number) + y * (13 + 4 * number) + channel * 50 + x * y) % 256;
      }
    }
  }
  return rgb;
}

const partsOf = ({ prompt }: GoldenCase): readonly PromptPart[] =>
  prompt.map((part) => (typeof part === 'number' ? tokens([part]) : image(`picture ${part.image}`)));

const addon = openAddon();
let engine: NativeEngine;
beforeAll(async () => {
  const paths = { textPath: join(folder, 'text.gguf'), projectorPath: join(folder, 'mmproj.gguf') };
  const opened = await loadEngine(addon, { ...paths, contextTokens: 1024, cacheType: 'f32' });
  expect(opened.loaded.vision).toEqual({ side: golden.imageSide, tokens: golden.imageTokens });
  engine = opened.engine;
  for (const number of [0, 1]) {
    await engine.encode(`picture ${number}`, golden.imageSide, picture(number, golden.imageSide), new addon.CancelFlag());
  }
});

function largestDifference(actual: Float32Array, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] ?? NaN))));
}

async function computed(one: GoldenCase): Promise<Float32Array> {
  await engine.forget();
  const { logits, cachedTokens } = await engine.logits(partsOf(one));
  expect(cachedTokens).toBe(0);
  return logits;
}

describe('the addon computes Gemma 3', () => {
  test.each(golden.cases)('$name', async (one) => {
    expect(largestDifference(await computed(one), one.logits)).toBeLessThanOrEqual(tolerance);
  });
});

describe('the comparison notices', () => {
  const faults = golden.cases.flatMap((one) =>
    Object.entries(one.faults).map(([fault, logits]) => ({ fault, name: one.name, one, logits })),
  );
  test('every kind of fault', () => {
    const kinds = ['a causal mask on images', 'letterboxed images', 'images in the wrong order'];
    expect(new Set(faults.map(({ fault }) => fault))).toEqual(new Set(kinds));
  });
  test.each(faults)('$fault: $name', async ({ one, logits }) => {
    expect(largestDifference(await computed(one), logits)).toBeGreaterThan(50 * tolerance);
  });
});
