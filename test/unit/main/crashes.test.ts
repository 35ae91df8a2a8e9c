import { beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPage, watchProcesses } from '../../../electron/main/crashes.ts';
import * as fake from '../../fakes/electron.ts';
import { eventually } from '../../fakes/eventually.ts';

vi.mock('electron', () => import('../../fakes/electron.ts'));

function watchedPage() {
  const made = new fake.FakeWindow({});
  const log: string[] = [];
  const clock = { now: 0 };
  watchPage(
    made.window,
    (line) => log.push(line),
    () => clock.now,
  );
  return { log, clock, die: (reason = 'crashed') => made.page.events.emit('render-process-gone', {}, { reason, exitCode: 139 }) };
}

describe('a page that dies', () => {
  beforeEach(() => {
    fake.calls.length = 0;
    fake.world.messageBoxAnswer = 0;
  });

  it('is reloaded, and noted', () => {
    const { log, die } = watchedPage();
    die();
    expect(fake.callsOf('contents.reload')).toHaveLength(1);
    expect(log).toEqual(["the window's process is gone: crashed, code 139"]);
  });

  it('is left alone when it ended cleanly', () => {
    watchedPage().die('clean-exit');
    expect(fake.calls).toEqual([]);
  });

  it('asks instead of looping, and recovers its patience', async () => {
    const { clock, die } = watchedPage();
    for (let death = 0; death < 3; death++) die();
    expect(fake.callsOf('contents.reload')).toHaveLength(3);
    die();
    await eventually(() => expect(fake.callsOf('contents.reload')).toHaveLength(4));
    expect(fake.callsOf('dialog.showMessageBox')).toHaveLength(1);
    clock.now = 120_000;
    die();
    expect(fake.callsOf('contents.reload')).toHaveLength(5);
    expect(fake.callsOf('dialog.showMessageBox')).toHaveLength(1);
  });

  it('quits when the user says so', async () => {
    fake.world.messageBoxAnswer = 1;
    const { die } = watchedPage();
    for (let death = 0; death < 4; death++) die();
    await eventually(() => expect(fake.callsOf('app.quit')).toHaveLength(1));
    expect(fake.callsOf('contents.reload')).toHaveLength(3);
  });
});

describe('a child that dies', () => {
  it('is noted by its name', () => {
    const log: string[] = [];
    watchProcesses((line) => log.push(line));
    fake.appEvents.emit('child-process-gone', {}, { type: 'Utility', reason: 'oom', exitCode: 5, serviceName: 'Facet reader' });
    fake.appEvents.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit', exitCode: 0 });
    expect(log).toEqual(['Facet reader is gone: oom, code 5']);
  });
});
