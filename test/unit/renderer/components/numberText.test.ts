import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRange, formatNumber, readNumber, stepNumber } from '../../../../renderer/components/numberText.ts';

const context = { minimum: 512, maximum: 131_072, whole: true };
const share = { minimum: 0, maximum: 1, aboveMinimum: true };

describe('readNumber', () => {
  it.each([
    ['8192', 8192],
    [' 8,192 ', 8192],
    ['8 192', 8192],
    ['131,072', 131_072],
    ['1e3', 1000],
  ])('reads %j as %d', (text, value) => {
    expect(readNumber(text, context)).toEqual({ kind: 'value', value });
  });

  it('takes a decimal comma', () => {
    expect(readNumber('0,95', share)).toEqual({ kind: 'value', value: 0.95 });
  });

  it.each(['', '  ', 'NaN', 'Infinity', '0x400', '12 apples', '1,23,456', '--5', '1e999'])('refuses %j', (text) => {
    expect(readNumber(text, context).kind).toBe('invalid');
  });

  it('says the range when a number is outside it', () => {
    expect(readNumber('511', context)).toEqual({ kind: 'invalid', reason: 'Must be from 512 to 131,072.' });
    expect(readNumber('131073', context)).toEqual({ kind: 'invalid', reason: 'Must be from 512 to 131,072.' });
  });

  it('refuses an excluded minimum and accepts the maximum', () => {
    expect(readNumber('0', share)).toEqual({ kind: 'invalid', reason: 'Must be above 0, at most 1.' });
    expect(readNumber('1', share)).toEqual({ kind: 'value', value: 1 });
  });

  it('refuses fractions where whole numbers are meant', () => {
    expect(readNumber('600.5', context)).toEqual({ kind: 'invalid', reason: 'Type a whole number from 512 to 131,072.' });
  });

  it('never yields a value outside the range, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (text) => {
        const reading = readNumber(text, context);
        if (reading.kind === 'value') {
          expect(Number.isInteger(reading.value)).toBe(true);
          expect(reading.value).toBeGreaterThanOrEqual(512);
          expect(reading.value).toBeLessThanOrEqual(131_072);
        } else expect(reading.reason).not.toBe('');
      }),
    );
  });

  it('reads back every number it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 512, max: 131_072 }), (value) => {
        expect(readNumber(formatNumber(value), context)).toEqual({ kind: 'value', value });
      }),
    );
  });
});

describe('stepNumber', () => {
  it('stays inside the range', () => {
    expect(stepNumber(512, 1024, -1, context)).toBe(512);
    expect(stepNumber(131_000, 1024, 1, context)).toBe(131_072);
  });

  it('does not reach an excluded minimum', () => {
    expect(stepNumber(0.05, 0.05, -1, share)).toBe(0.05);
  });

  it('leaves no binary dust', () => {
    expect(stepNumber(0.2, 0.1, 1, { minimum: 0, maximum: 2 })).toBe(0.3);
  });
});

describe('describeRange', () => {
  it('names both ends', () => {
    expect(describeRange({ minimum: 0, maximum: 2 })).toBe('from 0 to 2');
    expect(describeRange(share)).toBe('above 0, at most 1');
  });
});
