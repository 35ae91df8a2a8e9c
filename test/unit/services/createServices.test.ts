import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createServices } from '../../../electron/services/createServices.ts';
import { serveConnection } from '../../../electron/services/serveConnection.ts';
import { createPortPair, createRpcClient } from '../../../electron/shared/rpc.ts';
import type { Requests } from '../../../electron/shared/contract.ts';
import type { Events } from '../../../electron/shared/events.ts';
import { projectFolder, scriptedChildren } from '../../fakes/scriptedChildren.ts';
import { modelId } from '../../fakes/scriptedServices.ts';

let dataFolder = '';
beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'facet-services-'))));
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

const open = (starter = scriptedChildren()) =>
  createServices({
    dataFolder,
    resourcesFolder: projectFolder,
    starter,
    host: 'headless',
    version: '0',
    loadAtStart: false,
  });

/** Without what SQLite puts beside a lock while it is held. */
const sessions = (): readonly string[] => readdirSync(join(dataFolder, 'sessions')).filter((name) => name.endsWith('.lock'));

test('a start that fails late leaves no session behind, and the next one finds nothing abandoned', async () => {
  const inTheWay = join(dataFolder, 'engine.lock');
  mkdirSync(inTheWay);
  await expect(open()).rejects.toThrow();
  expect(sessions()).toEqual([]);
  rmSync(inTheWay, { recursive: true });
  const services = await open();
  expect(sessions()).toHaveLength(1);
  await services.close();
  expect(sessions()).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'an engine that stands still does not hold the end back: it is killed, and what was written is kept',
  async () => {
    const forked = scriptedChildren();
    const pids: number[] = [];
    const services = await open({
      start: (name) => {
        const child = forked.start(name);
        if (name === 'engine' && child.pid !== null) pids.push(child.pid);
        return child;
      },
    });
    const [server, page] = createPortPair();
    serveConnection(services, server);
    const client = createRpcClient<Requests, Events>(page);
    await client.request('model.load', { id: modelId });
    const { id } = await client.request('conversation.create', {});
    await client.request('conversation.open', { id });
    const written = new Promise<void>((resolve) =>
      client.onAny((event) => {
        if (JSON.stringify(event).includes('word3')) resolve();
      }),
    );
    await client.request('message.send', { conversationId: id, parentId: null, text: '[[tokens 900]] [[slow 30]]', attachments: [] });
    await written;
    const [pid = 0] = pids;
    process.kill(pid, 'SIGSTOP');
    const begun = performance.now();
    await services.close(300);
    // Without a bound of its own it would wait for the 20 s that a cancelled request is given.
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(pids).toHaveLength(1);

    const again = await open();
    const { messages } = await again.handlers['conversation.open']({ id }, new AbortController().signal);
    expect(messages.at(-1)).toMatchObject({ role: 'assistant', state: { kind: 'cancelled' } });
    expect(messages.at(-1)?.text).toContain('word3');
    await again.close();
  },
);

test.skipIf(process.platform === 'win32')(
  'what is stored is for this user alone, in a folder that was there and open to all too',
  async () => {
    const mode = (name: string): number => statSync(join(dataFolder, name)).mode & 0o777;
    const first = await open();
    expect([mode('facet.db'), mode('facet.db-wal'), mode('facet.db-shm')]).toEqual([0o600, 0o600, 0o600]);
    await first.close();
    rmSync(join(dataFolder, 'facet.db'));
    writeFileSync(join(dataFolder, 'facet.db'), '', { mode: 0o644 });
    const second = await open();
    expect([mode('facet.db'), mode('facet.db-wal')]).toEqual([0o600, 0o600]);
    await second.close();
  },
);
