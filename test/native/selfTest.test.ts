import { expect, test } from 'vitest';
import { testDevice } from '../../electron/engine/gpu/selfTest.ts';
import { openAddon, tinyReader } from './nativeEngine.ts';

const binding = openAddon();

test('a device that computes what the CPU computes passes, and each step is told as it begins', async () => {
  const steps: string[] = [];
  const cancel = new binding.CancelFlag();
  const finding = await testDevice({ binding, model: tinyReader, gpu: 'off', cancel }, (step) => steps.push(step));
  expect(finding).toEqual({ fault: '', cacheFault: '' });
  expect(steps).toEqual(['reference', 'text', 'picture', 'cache']);
});

test('a test that is given up ends before its next step', async () => {
  const steps: string[] = [];
  const cancel = new binding.CancelFlag();
  const tested = testDevice({ binding, model: tinyReader, gpu: 'off', cancel }, (step) => {
    steps.push(step);
    if (step === 'text') cancel.set();
  });
  await expect(tested).rejects.toMatchObject({ code: 'cancelled' });
  expect(steps).toEqual(['reference', 'text']);
});
