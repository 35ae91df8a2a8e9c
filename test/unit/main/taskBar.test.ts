import { expect, it, vi } from 'vitest';
import { showWorkInTaskBar } from '../../../electron/main/taskBar.ts';
import type { AppEvent } from '../../../electron/shared/appState.ts';
import * as fake from '../../fakes/electron.ts';

vi.mock('electron', () => import('../../fakes/electron.ts'));

it('shows how far the work is, in hundredths, and takes the bar away at the end', () => {
  const { window } = new fake.FakeWindow({});
  let open = false;
  let emit: (event: AppEvent) => void = () => undefined;
  const onEvent = (listener: (event: AppEvent) => void) => {
    emit = listener;
    return () => undefined;
  };
  showWorkInTaskBar({ onEvent }, () => (open ? window : null));
  const loading = (fraction: number): void =>
    emit({ name: 'engine.changed', payload: { engine: { kind: 'loading', modelId: 'm', fraction } } });
  loading(0.1);
  open = true;
  for (const fraction of [0.4, 0.402, 0.41]) loading(fraction);
  emit({ name: 'engine.changed', payload: { engine: { kind: 'idle' } } });
  emit({ name: 'message.staged', payload: { conversationId: 'c', messageId: 'm', stage: { kind: 'waiting' } } });
  emit({ name: 'message.staged', payload: { conversationId: 'c', messageId: 'm', stage: { kind: 'writing', tokens: 1 } } });
  expect(fake.callsOf('window.setProgressBar')).toEqual([[0.4], [0.41], [-1], [2], [-1]]);
});
