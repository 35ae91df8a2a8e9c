import { expect, test, vi } from 'vitest';
import * as fake from '../../fakes/electron.ts';
import { eventually } from '../../fakes/eventually.ts';

const ran = vi.hoisted(() => ({ given: [] as unknown[] }));
vi.mock('electron', () => import('../../fakes/electron.ts'));
vi.mock('../../../electron/headless/runProcess.ts', () => ({
  runProcess: (...given: unknown[]) => {
    ran.given.push(given);
    return Promise.resolve(5);
  },
}));

test('a command ends the program with its exit code and opens no window', async () => {
  const argv = vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', '.', 'ask', 'Why?']);
  await import('../../../electron/main/main.ts');
  fake.world.becomeReady();
  await eventually(() => expect(fake.onlyCall('app.exit')).toEqual([5]));
  argv.mockRestore();

  expect(ran.given).toEqual([[['ask', 'Why?'], expect.objectContaining({ resourcesFolder: process.cwd(), version: '0.0.0' })]]);
  expect(fake.windows).toHaveLength(0);
  expect(fake.onlyCall('app.commandLine.appendSwitch')).toEqual(['ozone-platform', 'headless']);
});
