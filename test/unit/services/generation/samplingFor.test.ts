import { expect, test } from 'vitest';
import { samplingFor } from '../../../../electron/services/generation/samplingFor.ts';
import { defaultSampling } from '../../../../electron/shared/generation.ts';

test('instruction-tuned models sample as their makers advise', () => {
  expect(samplingFor({ size: '4B' }, 'turns', defaultSampling)).toEqual({ ...defaultSampling, temperature: 1 });
});

test('a pretrained checkpoint and a model of no released size answer greedily', () => {
  expect(samplingFor({ size: '270M' }, 'transcript', defaultSampling).temperature).toBe(0);
  expect(samplingFor({ size: 'custom' }, 'turns', defaultSampling).temperature).toBe(0);
});

test('what the user set or asked for wins over what suits the model', () => {
  const set = { ...defaultSampling, temperature: 0.7 };
  // Also when it is what suits another model.
  expect(samplingFor({ size: 'custom' }, 'turns', { ...defaultSampling, temperature: 1 }).temperature).toBe(1);
  expect(samplingFor({ size: 'custom' }, 'turns', set).temperature).toBe(0.7);
  expect(samplingFor({ size: 'custom' }, 'turns', defaultSampling, { temperature: 1, seed: 5 })).toEqual({
    ...defaultSampling,
    temperature: 1,
    seed: 5,
  });
});
