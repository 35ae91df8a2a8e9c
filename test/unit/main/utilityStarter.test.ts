import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createUtilityStarter } from '../../../electron/main/utilityStarter.ts';
import * as fake from '../../fakes/electron.ts';

vi.mock('electron', () => import('../../fakes/electron.ts'));

const starter = createUtilityStarter({
  entries: { engine: '/app/engine.js', reader: '/app/reader.js' },
  env: { FACET_RESOURCES: '/resources' },
});

describe('children under Electron', () => {
  beforeEach(() => {
    fake.calls.length = 0;
    fake.utilityEvents.removeAllListeners();
    fake.utility.pid = undefined;
  });

  it('are utility processes with a name and the resources folder', () => {
    starter.start('reader');
    const [entry, args, options] = fake.onlyCall('utilityProcess.fork');
    expect([entry, args]).toEqual(['/app/reader.js', []]);
    expect(options).toMatchObject({ serviceName: 'Facet reader', env: { FACET_RESOURCES: '/resources' } });
  });

  it('pass messages both ways until they end, and say once how they ended', () => {
    const child = starter.start('engine');
    const [received, closed, ended] = [vi.fn(), vi.fn(), vi.fn()];
    const stopListening = child.port.onMessage(received);
    child.port.onClose(closed);
    child.onExit(ended);
    fake.utilityEvents.emit('message', { kind: 'event' });
    stopListening();
    fake.utilityEvents.emit('message', { kind: 'late' });
    expect(received.mock.calls).toEqual([[{ kind: 'event' }]]);
    child.port.send({ kind: 'request' });
    expect(fake.callsOf('utility.postMessage')).toEqual([[{ kind: 'request' }]]);

    fake.utility.stderr.emit('data', Buffer.from('GGML_ASSERT(false) failed\n'));
    fake.utilityEvents.emit('exit', 134);
    expect(closed).toHaveBeenCalledOnce();
    expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 134, signal: null, errorOutput: 'GGML_ASSERT(false) failed\n' });
    child.port.send({ kind: 'request' });
    expect(fake.callsOf('utility.postMessage')).toHaveLength(1);
    const late = vi.fn();
    child.onExit(late);
    expect(late).toHaveBeenCalledOnce();
  });

  it('end when they are killed, even if they do not listen', async () => {
    const stubborn = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')"]);
    await once(stubborn.stdout, 'data');
    fake.utility.pid = stubborn.pid;
    starter.start('engine').kill();
    const [, signal] = (await once(stubborn, 'exit')) as [number | null, string];
    expect(signal).toBe('SIGKILL');
  });
});
