import { expect, test } from 'vitest';
import { defaultModel, looksLikeModelFile, matchModel } from '../../../electron/headless/commands/matchModel.ts';
import type { Model, ModelState } from '../../../electron/shared/models.ts';

const available: ModelState = { kind: 'available' };
const installed: ModelState = { kind: 'installed' };

function model(id: string, size: Model['size'], quantisation: string, state: ModelState, builtIn = false): Model {
  const text = { path: state.kind === 'installed' ? `/models/${id}.gguf` : null, bytes: 1, sha256: null };
  return {
    id,
    name: `Name of ${id}`,
    size,
    quantisation,
    text,
    projector: null,
    profile: 'turns',
    contextLimit: 8192,
    builtIn,
    state,
    notes: [],
    licence: '',
  };
}

const models = [
  model('tiny-reader', 'custom', 'F16', installed, true),
  model('gemma-3-270m-it', '270M', 'Q4_0', available),
  model('gemma-3-270m', '270M', 'Q4_K_M', installed),
  model('gemma-3-4b-it-q4_0', '4B', 'Q4_0', available),
  model('gemma-3-4b-it-q8_0', '4B', 'Q8_0', available),
];
const starter = ['gemma-3-270m-it', 'gemma-3-270m'];
const find = (name: string, chosen: string | null = null): string | null => matchModel(models, name, starter, chosen)?.id ?? null;

test.each([
  ['GEMMA-3-270M', 'gemma-3-270m'],
  ['tiny-reader', 'tiny-reader'],
  ['270m', 'gemma-3-270m'],
  ['270M:Q4_0', 'gemma-3-270m-it'],
  ['270m:q4km', 'gemma-3-270m'],
  ['4b', 'gemma-3-4b-it-q4_0'],
  ['4B:q8_0', 'gemma-3-4b-it-q8_0'],
  ['starter', 'gemma-3-270m'],
  ['Starter', 'gemma-3-270m'],
  ['name of gemma-3-270m-it', 'gemma-3-270m-it'],
  ['custom', null],
  ['4B:', null],
  ['4B:f16', null],
  ['7B', null],
  ['', null],
])('%j is %s', (name, id) => {
  expect(find(name)).toBe(id);
});

test('of several, the settings’ own comes first when none is installed', () => {
  expect(find('4b', 'gemma-3-4b-it-q8_0')).toBe('gemma-3-4b-it-q8_0');
});

test('without a name: the settings’ model, else the first installed one that does not ship with Facet', () => {
  expect(defaultModel(models, 'tiny-reader')?.id).toBe('tiny-reader');
  expect(defaultModel(models, 'gemma-3-270m-it')?.id).toBe('gemma-3-270m');
  expect(defaultModel(models, null)?.id).toBe('gemma-3-270m');
  expect(defaultModel(models.slice(0, 2), null)).toBeNull();
});

test.each([
  ['a/b', true],
  ['C:\\m', true],
  ['text.GGUF', true],
  ['4B:q4_0', false],
  ['270m', false],
])('%j looks like a file: %s', (name, expected) => {
  expect(looksLikeModelFile(name)).toBe(expected);
});
