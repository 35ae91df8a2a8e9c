import { expect, test } from 'vitest';
import { othersThan } from '../../../../electron/services/speeds/createBenchService.ts';
import { installed, testModel } from '../../renderer/models/testModel.ts';

test('a model that was measured is not listed a second time', () => {
  const list = (): ReturnType<typeof testModel>[] => ['a', 'b'].map((id) => testModel(id, { state: installed }));
  expect(othersThan(list().slice(0, 1), list()).map(({ id }) => id)).toEqual(['b']);
});
