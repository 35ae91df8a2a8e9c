import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLinkOpener } from '../../../electron/main/openExternal.ts';
import * as fake from '../../fakes/electron.ts';

vi.mock('electron', () => import('../../fakes/electron.ts'));

const { window } = new fake.FakeWindow({});
const openLink = createLinkOpener(() => window);

describe('opening a link', () => {
  beforeEach(() => {
    fake.calls.length = 0;
    fake.world.messageBoxAnswer = 0;
  });

  it('shows the site and the whole address, and opens only after a yes', async () => {
    await openLink('https://example.org/path?q=1');
    const [, question] = fake.onlyCall('dialog.showMessageBox') as [
      unknown,
      { message: string; detail: string; defaultId: number; cancelId: number },
    ];
    expect(question.message).toContain('example.org');
    expect(question.detail).toContain('https://example.org/path?q=1');
    expect([question.defaultId, question.cancelId]).toEqual([0, 0]);
    expect(fake.callsOf('shell.openExternal')).toEqual([]);
    fake.world.messageBoxAnswer = 1;
    await openLink('https://example.org/path?q=1');
    expect(fake.callsOf('shell.openExternal')).toEqual([['https://example.org/path?q=1']]);
  });

  it('says that it refuses, and offers no way around', async () => {
    fake.world.messageBoxAnswer = 1;
    await openLink('file:///etc/passwd');
    const [, notice] = fake.onlyCall('dialog.showMessageBox') as [unknown, { buttons: readonly string[] }];
    expect(notice.buttons).toEqual(['OK']);
    expect(fake.callsOf('shell.openExternal')).toEqual([]);
  });

  it('asks one question at a time', async () => {
    await Promise.all([openLink('https://a.example/'), openLink('https://b.example/'), openLink('https://c.example/')]);
    expect(fake.callsOf('dialog.showMessageBox')).toHaveLength(1);
  });

  it('does nothing without a window', async () => {
    await createLinkOpener(() => null)('https://example.org/');
    expect(fake.calls).toEqual([]);
  });
});
