import { describe, expect, it } from 'vitest';
import { checkParams } from '../../../../electron/shared/validation.ts';
import { defaultSampling } from '../../../../electron/shared/generation.ts';
import { gpuOptions } from '../../../../renderer/features/settings/gpuOptions.ts';
import { isDefaultSampling } from '../../../../renderer/features/settings/isDefaultSampling.ts';
import { contextRange, longestSystemPrompt, settingRanges } from '../../../../renderer/features/settings/settingRanges.ts';

const accepts = (patch: object): boolean => {
  try {
    checkParams('settings.update', { patch });
    return true;
  } catch {
    return false;
  }
};
const samplingNames = new Set(Object.keys(defaultSampling));
const patchOf = (name: string, value: number): object =>
  samplingNames.has(name) ? { sampling: { ...defaultSampling, [name]: value } } : { [name]: value };

describe('ranges of the fields', () => {
  it.each(Object.entries(settingRanges))('%s is what the host accepts, no more and no less', (name, range) => {
    const nudge = 'whole' in range ? 1 : 0.001;
    expect(accepts(patchOf(name, range.maximum))).toBe(true);
    expect(accepts(patchOf(name, range.maximum + nudge))).toBe(false);
    expect(accepts(patchOf(name, range.minimum))).toBe(!('aboveMinimum' in range));
    expect(accepts(patchOf(name, range.minimum - nudge))).toBe(false);
  });

  it('holds for the instructions too', () => {
    expect(accepts({ systemPrompt: 'x'.repeat(longestSystemPrompt) })).toBe(true);
    expect(accepts({ systemPrompt: 'x'.repeat(longestSystemPrompt + 1) })).toBe(false);
  });
});

describe('contextRange', () => {
  it('ends at the model’s own limit', () => {
    expect(contextRange(32_768).maximum).toBe(32_768);
    expect(contextRange(1_000_000).maximum).toBe(131_072);
    expect(contextRange(null).maximum).toBe(131_072);
    expect(contextRange(64)).toEqual({ minimum: 512, maximum: 512, whole: true });
  });
});

describe('gpuOptions', () => {
  it('keeps a device that was named elsewhere', () => {
    expect(gpuOptions('auto').map(({ value }) => value)).toEqual(['auto', 'off']);
    expect(gpuOptions('CUDA0').map(({ value }) => value)).toEqual(['auto', 'off', 'CUDA0']);
  });
});

describe('isDefaultSampling', () => {
  it('sees any difference', () => {
    expect(isDefaultSampling({ ...defaultSampling })).toBe(true);
    expect(isDefaultSampling({ ...defaultSampling, seed: 0 })).toBe(false);
    expect(isDefaultSampling({ ...defaultSampling, topP: 0.9 })).toBe(false);
  });
});
