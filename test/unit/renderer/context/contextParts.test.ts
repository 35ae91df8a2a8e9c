import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextGauge } from '../../../../renderer/features/context/contextParts.ts';
import { asContextSize, asPages, asPercent } from '../../../../renderer/features/context/contextWords.ts';

const usage = { system: 100, documents: 4000, images: 260, conversation: 640, answerRoom: 2048, available: 8192 };

describe('contextGauge', () => {
  it('sums the prompt and says what is free', () => {
    const gauge = contextGauge(usage);
    expect(gauge).toMatchObject({ used: 5000, available: 8192, excess: 0 });
    expect(gauge?.fraction).toBeCloseTo(5000 / 8192);
    expect(gauge?.parts.map(({ part, tokens }) => [part, tokens])).toEqual([
      ['system', 100],
      ['documents', 4000],
      ['images', 260],
      ['conversation', 640],
      ['answerRoom', 2048],
      ['free', 8192 - 5000 - 2048],
    ]);
  });

  it('says by how much it is too full, and has no free part then', () => {
    const gauge = contextGauge({ ...usage, documents: 7000 });
    expect(gauge?.excess).toBe(100 + 7000 + 260 + 640 + 2048 - 8192);
    expect(gauge?.parts.some(({ part }) => part === 'free')).toBe(false);
  });

  it('is nothing without a model', () => {
    expect(contextGauge({ ...usage, available: 0 })).toBeNull();
  });

  it('always fills the bar exactly', () => {
    const tokens = fc.nat(200_000);
    fc.assert(
      fc.property(
        fc.record({
          system: tokens,
          documents: tokens,
          images: tokens,
          conversation: tokens,
          answerRoom: tokens,
          available: fc.integer({ min: 512, max: 131_072 }),
        }),
        (any) => {
          const gauge = contextGauge(any);
          expect(gauge?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
          expect(gauge?.parts.every(({ tokens: count }) => count > 0)).toBe(true);
        },
      ),
    );
  });
});

describe('words of the gauge', () => {
  it.each([
    [200, 'less than a page of text'],
    [533, 'about a page of text'],
    [4800, 'about 9 pages of text'],
  ])('%d tokens are %s', (tokens, words) => {
    expect(asPages(tokens)).toBe(words);
  });

  it.each([
    [8192, '8K'],
    [131_072, '128K'],
    [3000, '3,000'],
    [512, '512'],
  ])('a context of %d is %s', (tokens, words) => {
    expect(asContextSize(tokens)).toBe(words);
  });

  it('never rounds something to nothing', () => {
    expect(asPercent(0)).toBe(0);
    expect(asPercent(0.001)).toBe(1);
    expect(asPercent(0.184)).toBe(18);
    expect(asPercent(1.03)).toBe(103);
  });
});
