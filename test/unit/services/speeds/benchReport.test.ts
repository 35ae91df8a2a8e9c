import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { describeMachine } from '../../../../electron/services/describeMachine.ts';
import { othersThan, speedsOf } from '../../../../electron/services/speeds/createBenchService.ts';
import type { ModelSpeed } from '../../../../electron/shared/speed.ts';
import { installed, testModel } from '../../renderer/models/testModel.ts';

const speed: ModelSpeed = {
  modelId: null,
  name: 'x',
  size: '4B',
  quantisation: 'Q4_0',
  backend: 'CPU',
  predicted: true,
  prefillTokensPerSecond: 100,
  decodeTokensPerSecond: 16,
  wordsPerSecond: 12,
  imageSeconds: 4,
  minutesPer100Pages: 9,
};

test('a model that was measured is not listed a second time', () => {
  const list = (): ReturnType<typeof testModel>[] => ['a', 'b'].map((id) => testModel(id, { state: installed }));
  expect(othersThan(list().slice(0, 1), list()).map(({ id }) => id)).toEqual(['b']);
});

test('speeds are told of what is here and of the sizes that are not, where there are any', () => {
  const here = testModel('a', { size: '4B', state: installed });
  const away = testModel('b', { size: '12B' });
  const told = speedsOf([], [here, away], 8192, { speed: ({ modelId, size }) => ({ ...speed, modelId, size }) });
  expect(told.map(({ modelId, size }) => [modelId, size])).toEqual([
    ['a', '4B'],
    [null, '270M'],
    [null, '1B'],
    [null, '12B'],
    [null, '27B'],
  ]);
  expect(speedsOf([], [here], 8192, { speed: () => null })).toEqual([]);
});

test('the machine says what it has and what is free', async () => {
  const { memory, freeMemory, freeDisk, threads } = await describeMachine(tmpdir());
  expect(threads).toBeGreaterThan(0);
  expect(freeMemory).toBeLessThanOrEqual(memory);
  expect(freeDisk).toBeGreaterThan(0);
  expect((await describeMachine('/no/such/folder')).freeDisk).toBeNull();
});
