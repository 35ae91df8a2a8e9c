import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releasedSizes, releasedVision, seeingSizes } from '../../../electron/shared/gemmaSizes.ts';
import {
  type CacheType,
  cacheMemory,
  estimateMemory,
  keptMemory,
  largestThat,
  totalMemory,
} from '../../../electron/shared/memoryEstimate.ts';
import { judge, speedInWords, verdictInWords } from '../../../electron/shared/modelEstimate.ts';
import type { ReleasedSize } from '../../../electron/shared/models.ts';
import { projectorBytes, quantisations, weightBytes } from '../../../electron/shared/weightBytes.ts';

/** What llama.cpp 0.5.0 plans (`no_alloc`, CPU, one output) for files of the true shapes: size, context, KV type, KV bytes, compute bytes. */
const planned: readonly (readonly [ReleasedSize, number, CacheType, number, number])[] = [
  ['270M', 4096, 'f16', 28_311_552, 23_875_616],
  ['270M', 32_768, 'f16', 116_391_936, 53_235_744],
  ['270M', 32_768, 'q8_0', 61_833_216, 53_792_800],
  ['1B', 8192, 'f16', 56_623_104, 61_100_064],
  ['1B', 32_768, 'q8_0', 83_558_400, 88_920_096],
  ['4B', 4096, 'f16', 266_338_304, 88_625_184],
  ['4B', 131_072, 'f16', 2_866_806_784, 218_648_608],
  ['4B', 131_072, 'q8_0', 1_522_991_104, 223_399_968],
  ['12B', 32_768, 'f16', 2_650_800_128, 161_501_216],
  ['12B', 131_072, 'q8_0', 4_830_789_632, 262_721_568],
  ['27B', 32_768, 'f16', 3_338_665_984, 208_687_136],
  ['27B', 131_072, 'q8_0', 6_051_856_384, 317_902_880],
];
const plannedWeights = {
  '270M': 234_883_584,
  '1B': 713_892_352,
  '4B': 2_519_539_712,
  '12B': 7_124_465_664,
  '27B': 15_902_228_480,
} as const;

const question = (size: ReleasedSize, contextTokens: number, cacheType: CacheType) => {
  const projector = projectorBytes(size);
  return {
    shape: releasedSizes[size],
    weights: weightBytes(size, 'Q4_0'),
    contextTokens,
    cacheType,
    vision: projector === null ? null : { shape: releasedVision, weights: projector },
  };
};

describe('memory estimate', () => {
  it.each(planned)('%s with %d tokens of %s equals what llama.cpp plans', (size, contextTokens, cacheType, kv, compute) => {
    const estimate = estimateMemory(question(size, contextTokens, cacheType));
    expect(estimate.kvGlobal + estimate.kvWindow).toBe(kv);
    expect(Math.abs(estimate.compute - compute) / compute).toBeLessThan(1e-4);
    expect(estimate.weights).toBe(plannedWeights[size]);
  });

  it('counts the image encoder with its scratch, for sizes that see', () => {
    expect(estimateMemory(question('4B', 4096, 'f16')).vision).toBe(977_011_136);
    expect(estimateMemory(question('27B', 4096, 'f16')).vision).toBe(983_499_200);
    expect(estimateMemory(question('1B', 4096, 'f16')).vision).toBe(0);
  });

  it('plans 27B in four bits with a context of 32K within 20 GB for text, and for pictures with half the cache', () => {
    const [exact, half] = [estimateMemory(question('27B', 32_768, 'f16')), estimateMemory(question('27B', 32_768, 'q8_0'))];
    expect(totalMemory(exact) - exact.vision).toBeLessThanOrEqual(20e9);
    expect(totalMemory(half)).toBeLessThanOrEqual(20e9);
    // With both it is a little more: 19.03 GiB, and the vocabulary.
    expect(totalMemory(exact) - exact.vocabulary).toBe(20_433_080_800);
  });

  it('knows the published file sizes, headers aside', () => {
    const published = { '1B': 806_058_240, '4B': 2_489_757_856, '12B': 7_300_574_976, '27B': 16_546_404_736 } as const;
    for (const [size, bytes] of Object.entries(published)) {
      expect(bytes - weightBytes(size as ReleasedSize, 'Q4_K_M')).toBeLessThan(7e6);
      expect(bytes - weightBytes(size as ReleasedSize, 'Q4_K_M')).toBeGreaterThan(6e6);
    }
    expect(4_130_226_336 - weightBytes('4B', 'Q8_0')).toBeLessThan(7e6);
    expect(851_251_104 - (projectorBytes('4B') ?? 0)).toBeLessThan(2e6);
    for (const size of seeingSizes) expect(projectorBytes(size)).toBeGreaterThan(840e6);
  });

  it('grows with the context and with the precision, and the largest context is the largest', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(releasedSizes) as ReleasedSize[])),
        fc.constantFrom(...quantisations),
        fc.constantFrom<CacheType>('f16', 'q8_0'),
        fc.integer({ min: 0, max: 60_000_000_000 }),
        (size, quantisation, cacheType, bytes) => {
          const asked = { ...question(size, 512, cacheType), weights: weightBytes(size, quantisation) };
          const total = (contextTokens: number): number => totalMemory(estimateMemory({ ...asked, contextTokens }));
          const most = largestThat(asked.shape, (contextTokens) => total(contextTokens) <= bytes);
          expect(most).toBeLessThanOrEqual(asked.shape.contextLimit);
          if (most > 0) expect(total(most)).toBeLessThanOrEqual(bytes);
          if (most < asked.shape.contextLimit) expect(total(most + 256)).toBeGreaterThan(bytes);
        },
      ),
    );
  });

  it('counts the states that a full context leaves behind, as far as a part of what is left holds them', () => {
    const kept = (size: ReleasedSize, contextTokens: number, left: number, memory = 64e9): number =>
      keptMemory(question(size, contextTokens, 'f16'), { left, memory });
    const state = 29 * 1024 * 2 * 4 * 256 * 2;
    // One for every 2,048 tokens, the last at the end.
    expect(kept('4B', 2048, 40e9)).toBe(state);
    expect(kept('4B', 8192, 40e9)).toBe(4 * state);
    expect(kept('4B', 131_072, 40e9)).toBe(Math.floor((2 * 1024 ** 3) / state) * state);
    expect(kept('4B', 131_072, 40e9, 16e9)).toBe(Math.floor(1e9 / state) * state);
    expect(kept('4B', 8192, 12 * state)).toBe(3 * state);
    expect(kept('4B', 8192, -5)).toBe(0);
  });

  it('keeps the whole context in every layer of a model without a window', () => {
    const shape = { ...releasedSizes['270M'], window: 0, globalLayers: 18 };
    expect(cacheMemory(shape, 8192, 'f16')).toEqual({ kvGlobal: 18 * 8192 * 2 * 256 * 2, kvWindow: 0 });
  });
});

describe('verdict', () => {
  const words = (total: number, free: number, largest: number, wordsPerSecond: number | null = null): string => {
    const speed = wordsPerSecond === null ? null : { wordsPerSecond, predicted: true };
    return verdictInWords(judge({ total, free, largestContext: largest, contextTokens: 32_768, speed, gpu: null }));
  };
  it('says that a model which fits is slower than people read, and how slow; one that does not fit has worse to say', () => {
    expect(words(5e9, 6e9, 131_072, 12)).toBe('fits');
    expect(words(5e9, 6e9, 131_072, 1.24)).toBe('slow (1.2 words/s)');
    expect(words(7e9, 6e9, 16_640, 1.24)).toBe('fits with 16K');
    expect(speedInWords(33.31)).toBe('33 words/s');
  });
  it('says in words whether it fits, with which context, or what is missing', () => {
    expect(words(5e9, 6e9, 131_072)).toBe('fits');
    expect(words(7e9, 6e9, 16_640)).toBe('fits with 16K');
    expect(words(9.1e9, 6e9, 0)).toBe("won't fit: short by 3.1 GB");
    expect(words(6.1e9, 6e9, 1024)).toBe("won't fit: short by 100 MB");
  });
});
