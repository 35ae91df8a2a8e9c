import { expect, test } from 'vitest';
import { defaultSettings } from '../../../../electron/shared/settings.ts';
import type { MachineFacts } from '../../../../electron/shared/machine.ts';
import { modelAdvice } from '../../../../renderer/features/models/modelAdvice.ts';
import { droppedModel } from '../../../../renderer/features/models/droppedModel.ts';
import { downloadedFraction, downloadsOf } from '../../../../renderer/features/models/downloadsOf.ts';
import { entryOf, pickerEntries } from '../../../../renderer/features/models/pickerEntries.ts';
import { exampleEstimate } from '../../../fakes/exampleEstimate.ts';
import { catalogueSample } from '../../../fakes/preview/catalogueSamples.ts';
import { downloading, failed, installed, testModel } from './testModel.ts';

const idle = { engine: { kind: 'idle' }, modelId: null } as const;

test('five sizes with their variants, and what else is here below them', () => {
  const entries = pickerEntries(catalogueSample({}), idle);
  expect(entries.sizes.map(({ title, variants }) => `${title} ${variants.length}`)).toEqual(['270M 4', '1B 4', '4B 4', '12B 4', '27B 3']);
  expect(entries.others.map(({ title }) => title)).toEqual(['Tiny reader', 'Gemma 3 4B tuned for recipes', 'gemma-3-27b-it']);
  expect(entryOf(entries, 'gemma-3-4b-it-q8_0')?.key).toBe('4B');
  expect(entryOf(entries, null)).toBeNull();
});

test('a card is about the variant in use, else one that is here, else the recommended one', () => {
  const models = ['a', 'b', 'c'].map((id) => testModel(id, id === 'b' ? { state: installed } : {}));
  const shown = (modelId: string | null) => pickerEntries(models, { engine: { kind: 'idle' }, modelId }).sizes[0]?.shown.id;
  expect([shown(null), shown('c')]).toEqual(['b', 'c']);
  expect(pickerEntries([testModel('a')], { ...idle, modelId: defaultSettings.modelId }).sizes[0]?.shown.id).toBe('a');
});

test('advice: offline, no room on the disk, too little memory, a smaller context', () => {
  const machine: MachineFacts = { processor: '', threads: 2, memory: 8e9, freeMemory: 4e9, freeDisk: 3e9 };
  const estimate = exampleEstimate({ kind: 'model', id: '4b' }, 8192, 'f16');
  const four = testModel('four');
  const kinds = (situation: Parameters<typeof modelAdvice>[1], model = four) => modelAdvice(model, situation).map(({ kind }) => kind);
  expect(kinds({ estimate, machine, offline: true })).toEqual(['offline', 'diskFull']);
  expect(kinds({ estimate, machine: { ...machine, freeDisk: 2e10 }, offline: false })).toEqual([]);
  // What was received needs no room any more.
  const nearlyHere = testModel('four', { state: { kind: 'paused', receivedBytes: 3.2e9, totalBytes: 3.4e9 } });
  expect(kinds({ estimate, machine, offline: false }, nearlyHere)).toEqual([]);
  const here = testModel('four', { state: installed });
  expect(kinds({ estimate: { ...estimate, verdict: { kind: 'tooBig', shortBytes: 1e9 } }, machine, offline: true }, here)).toEqual([
    'tooBig',
  ]);
});

test('a context that does not fit: which one does, and what half the memory of what was read would do for it', () => {
  const here = testModel('four', { state: installed });
  const smaller = (largestContextHalved: number) => {
    const estimate = exampleEstimate({ kind: 'model', id: '4b' }, 32_768, 'f16');
    const verdict = { kind: 'fitsWith', contextTokens: 16_384 } as const;
    return modelAdvice(here, {
      estimate: { ...estimate, largestContext: 16_384, largestContextHalved, verdict },
      machine: null,
      offline: false,
    });
  };
  const plain = 'The context of your settings (32K) does not fit with it; 16K does.';
  expect(smaller(16_384)).toEqual([{ kind: 'smallerContext', contextTokens: 16_384, text: plain }]);
  expect(smaller(24_576)[0]?.text).toBe(`${plain} With “Memory of what was read” at Half (Settings, Model), 24K fits.`);
  expect(smaller(40_000)[0]?.text).toBe(`${plain} With “Memory of what was read” at Half (Settings, Model), it fits.`);
});

test('downloads: what is on its way or failed there, not a file that was moved', () => {
  const waiting = testModel('waiting', { state: { kind: 'queued', receivedBytes: 0, totalBytes: 9, before: 1 } });
  const moved = testModel('local-0123456789ab', { state: failed, text: { path: '/gone.gguf', bytes: 1, sha256: null } });
  const models = [testModel('a'), testModel('b', { state: downloading }), waiting, testModel('c', { state: failed }), moved];
  expect(downloadsOf(models).map(({ id }) => id)).toEqual(['b', 'waiting', 'c']);
  expect(downloadedFraction(models)).toBe(0.25);
  expect(downloadedFraction([waiting])).toBeNull();
});

test('a dropped model brings its vision part along', () => {
  const file = (name: string) => new File([''], name);
  const pathOf = ({ name }: File) => `/d/${name}`;
  expect(droppedModel([file('mmproj-4b.gguf'), file('4b.GGUF'), file('a.pdf')], pathOf)).toEqual({
    name: '4b.GGUF',
    path: '/d/4b.GGUF',
    projectorPath: '/d/mmproj-4b.gguf',
  });
  expect(droppedModel([file('a.pdf')], pathOf)).toBeNull();
  expect(droppedModel([file('mmproj-4b.gguf')], () => '')).toEqual({ name: 'mmproj-4b.gguf', path: '', projectorPath: '' });
});
