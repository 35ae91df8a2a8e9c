import { expect, test } from 'vitest';
import { catalogueModels, factWords } from '../../../../renderer/features/models/modelFacts.ts';
import { installed, testModel } from './testModel.ts';

test('a server’s model says where it runs, and is nothing to download', () => {
  const nowhere = { path: null, bytes: 0, sha256: null };
  const served = testModel('server-0123456789ab', {
    quantisation: '',
    text: nowhere,
    projector: nowhere,
    state: installed,
    server: { address: 'https://gpu.example/v1', host: 'gpu.example', nearby: false },
  });
  expect(factWords(served)).toBe('Sees pictures · on gpu.example');
  expect(catalogueModels([served, testModel('a')]).map(({ id }) => id)).toEqual(['a']);
});
