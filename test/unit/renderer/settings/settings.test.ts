import { describe, expect, it } from 'vitest';
import { checkParams } from '../../../../electron/shared/validation.ts';
import { defaultSampling } from '../../../../electron/shared/generation.ts';
import { gpuHint, gpuOptions, testWords, testableDevice, wantedPack } from '../../../../renderer/features/settings/gpuOptions.ts';
import { packWords } from '../../../../renderer/features/settings/packWords.ts';
import type { GpuDevice } from '../../../../electron/shared/gpu.ts';
import { exampleGpus } from '../../../fakes/exampleGpus.ts';
import { isDefaultSampling } from '../../../../renderer/features/settings/isDefaultSampling.ts';
import { longestSystemPrompt, settingRanges } from '../../../../renderer/features/settings/settingRanges.ts';

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

it('says how far the support for graphics cards is', () => {
  expect(packWords('support for graphics cards', 6e6, 24e6)).toBe('Getting support for graphics cards: 6.0 MB of 24 MB');
  expect(packWords('support for graphics cards', 24e6, 24e6)).toBe('Checking support for graphics cards');
});

it('offers the test of the card that a load would try, and says how it stands', () => {
  const [card] = exampleGpus.devices as [GpuDevice];
  expect(testableDevice(exampleGpus, 'auto')).toBe(card);
  expect(testableDevice(exampleGpus, 'Vulkan0')).toBe(card);
  for (const chosen of ['off', 'CPU', 'CUDA0']) expect(testableDevice(exampleGpus, chosen)).toBeNull();
  expect(testableDevice(null, 'auto')).toBeNull();
  expect(testWords(card)).toMatch(/^Radeon RX 7600 passed its test/);
  expect(testWords({ ...card, standing: 'untested' })).toMatch(/^Radeon RX 7600 is tested before it is first used/);
  expect(testWords({ ...card, standing: 'faulty', fault: 'x' })).toBe('Radeon RX 7600 did not pass its test.');
});

describe('gpuOptions', () => {
  it('lists the cards that are there, and keeps a device that was named elsewhere', () => {
    expect(gpuOptions('auto', []).map(({ value }) => value)).toEqual(['auto', 'off']);
    expect(gpuOptions('auto', exampleGpus.devices).map(({ label }) => label)).toEqual([
      'Automatic',
      'Off, processor only',
      'Radeon RX 7600, Vulkan, 8.6 GB',
    ]);
    expect(gpuOptions('CUDA0', exampleGpus.devices).at(-1)).toEqual({ value: 'CUDA0', label: 'CUDA0, not here now' });
  });
  it('says why a card is not used, and nothing of it where it is off', () => {
    const [card] = exampleGpus.devices as [GpuDevice];
    const overview = { ...exampleGpus, devices: [{ ...card, standing: 'faulty' as const, fault: 'it is wrong' }] };
    expect(gpuHint(overview, 'auto', null)).toBe('Radeon RX 7600 is not used: it is wrong.');
    expect(gpuHint(overview, 'off', null)).toBe('Automatic takes the fastest device that works.');
  });
  it('offers the Vulkan pack only where a driver and no card is there', () => {
    const absent = exampleGpus.packs.map((pack) => ({ ...pack, installed: false }));
    const cpuOnly = exampleGpus.devices.filter(({ kind }) => kind === 'cpu');
    expect(wantedPack({ ...exampleGpus, devices: cpuOnly, packs: absent })?.name).toBe('vulkan');
    expect(wantedPack({ ...exampleGpus, packs: absent })).toBeNull();
    expect(
      wantedPack({ ...exampleGpus, devices: cpuOnly, packs: absent.map((pack) => ({ ...pack, missing: ['libvulkan.so.1'] })) }),
    ).toBeNull();
  });
});

describe('isDefaultSampling', () => {
  it('sees any difference', () => {
    expect(isDefaultSampling({ ...defaultSampling })).toBe(true);
    expect(isDefaultSampling({ ...defaultSampling, seed: 0 })).toBe(false);
    expect(isDefaultSampling({ ...defaultSampling, topP: 0.9 })).toBe(false);
  });
});
