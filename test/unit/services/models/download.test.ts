import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { CatalogueEntry } from '../../../../electron/services/models/catalogue.ts';
import { createModelsService, type ModelsService } from '../../../../electron/services/models/createModelsService.ts';
import { takeFileLock } from '../../../../electron/services/models/fileLock.ts';
import type { Model } from '../../../../electron/shared/models.ts';
import { cutAfter, type RudeServer, startRudeServer } from '../../../fakes/rudeServer.ts';

const content = randomBytes(640 * 1024);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const retry = { stallMs: 400, fruitlessAttempts: 3, firstPauseMs: 1 };

let folder = '';
let server: RudeServer;
let events: Model[] = [];
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facet-download-'));
  server = await startRudeServer(content);
  events = [];
});
afterEach(async () => {
  for (const service of open.splice(0)) await service.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

function entry(id: string, url: string, bytes = content): CatalogueEntry {
  const text = { source: { kind: 'web', url }, bytes: bytes.length, sha256: sha256(bytes) } as const;
  return {
    id,
    name: id,
    size: '1B',
    quantisation: 'Q4_0',
    profile: 'turns',
    contextLimit: 1024,
    licence: 'x',
    notes: [],
    text,
    projector: null,
  };
}

function start(models: readonly CatalogueEntry[] = [entry('one', server.url)], starter = [models[0]!.id]): ModelsService {
  const database = openDatabase(join(folder, `${open.length}.db`));
  const service = createModelsService({
    database,
    dataFolder: folder,
    resourcesFolder: folder,
    reader: { request: () => Promise.reject(new Error('not asked')) },
    emit: (name, payload) => {
      if (name === 'model.changed' && 'model' in payload) events.push(payload.model);
    },
    catalogue: { version: 1, starter, models },
    retry,
  });
  open.push({
    async close() {
      await service.close();
      database.close();
    },
  });
  return service;
}

async function get(service: ModelsService, id = 'one'): Promise<Model> {
  await service.download(id);
  return service.downloaded(id);
}
const fileOf = (): string => join(folder, 'models', `${sha256(content)}.gguf`);
const partOf = (): string => join(folder, 'models', 'partial', `${sha256(content)}.part`);

describe('a download that works', () => {
  test('ends verified, under its hash, and says so', async () => {
    const service = start();
    expect(service.get('one').state).toEqual({ kind: 'available' });
    const model = await get(service);
    expect(model).toMatchObject({ state: { kind: 'installed' }, text: { path: fileOf(), sha256: sha256(content) } });
    expect(readFileSync(fileOf()).equals(content)).toBe(true);
    expect(events.map((event) => event.state.kind)).toEqual(expect.arrayContaining(['downloading', 'installed']));
    expect(existsSync(partOf())).toBe(false);
  });
  test('sends nothing but a range and an agent', async () => {
    await get(start());
    expect(Object.keys(server.requests[0]!).toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
    expect(server.requests[0]!['accept-encoding']).toBe('identity');
  });
  test('goes on after every cut, fetching each byte once', async () => {
    const piece = Math.floor(content.length / 16);
    server.behave(...Array.from({ length: 15 }, () => cutAfter(piece)));
    await get(start());
    expect(readFileSync(fileOf()).equals(content)).toBe(true);
    expect(server.requests.length).toBe(16);
    expect(server.sentBytes()).toBe(content.length);
    expect(server.requests[1]).toMatchObject({ range: `bytes=${piece}-`, 'if-range': '"first"' });
  });
  test('goes on in another process', async () => {
    server.behave(cutAfter(100_000), ...Array.from({ length: 3 }, () => refuse(503)));
    const first = start();
    await expect(get(first)).rejects.toMatchObject({ data: { code: 'networkFailed', details: { reason: 'HTTP 503' } } });
    await open.pop()!.close();
    const second = start();
    expect(second.get('one').state).toEqual({ kind: 'paused', receivedBytes: 100_000, totalBytes: content.length });
    await get(second);
    expect(server.sentBytes()).toBe(content.length);
  });
  test('follows redirects', async () => {
    const other = await startRudeServer(content);
    server.behave((_, response) => response.writeHead(302, { location: other.url, 'set-cookie': 'a=b' }).end());
    await get(start());
    expect(Object.keys(other.requests[0]!).toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
    await other.close();
  });
  test('fetches model and projector, counted together', async () => {
    const eyes = randomBytes(1_000);
    const second = await startRudeServer(eyes);
    const both = {
      ...entry('one', server.url),
      projector: { source: { kind: 'web' as const, url: second.url }, bytes: eyes.length, sha256: sha256(eyes) },
    };
    const model = await get(start([both]));
    expect(readFileSync(model.projector!.path!).equals(eyes)).toBe(true);
    expect(events[0]!.state).toMatchObject({ totalBytes: content.length + eyes.length });
    await second.close();
  });
});

function refuse(status: number): Parameters<RudeServer['behave']>[0] {
  return (_, response) => response.writeHead(status).end();
}

describe('servers that lie', () => {
  test('a changed file starts again', async () => {
    server.behave(cutAfter(50_000), ...Array.from({ length: 3 }, () => refuse(500)));
    const service = start();
    await expect(get(service)).rejects.toThrow();
    server.setContent(content, '"second"');
    await get(service);
    expect(server.sentBytes()).toBe(content.length + 50_000);
    expect(readFileSync(fileOf()).equals(content)).toBe(true);
  });
  test('a range from another place is not taken', async () => {
    server.behave(cutAfter(50_000), (_, response, bytes) =>
      response.writeHead(206, { 'content-range': `bytes 10-${bytes.length - 1}/${bytes.length}` }).end(bytes.subarray(10)),
    );
    await get(start());
    expect(readFileSync(fileOf()).equals(content)).toBe(true);
  });
  test.each<[string, Parameters<RudeServer['behave']>[0], string]>([
    ['another length', (_, response) => response.writeHead(200, { 'content-length': 5 }).end('short'), 'instead of'],
    ['a compressed body', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), 'encoding gzip'],
    ['no such file', refuse(404), 'HTTP 404'],
    ['a redirect to itself for ever', (_, response) => response.writeHead(302, { location: '/again' }).end(), 'redirects'],
    [
      'a redirect to plain http elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://models.invalid/x' }).end(),
      'not allowed',
    ],
    ['a redirect to a file', (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(), 'not allowed'],
  ])('%s', async (_, rudeness, reason) => {
    server.behave(...Array.from({ length: 9 }, () => rudeness));
    const service = start();
    const failure = await get(service).catch((error: unknown) => error);
    expect(failure).toMatchObject({ data: { code: 'networkFailed', details: { reason: expect.stringContaining(reason) as string } } });
    expect(service.get('one').state).toMatchObject({ kind: 'failed', error: { code: 'networkFailed' } });
  });
  test('more bytes than promised', async () => {
    server.behave((_, response, bytes) => response.writeHead(200).end(Buffer.concat([bytes, Buffer.from('more')])));
    await expect(get(start())).rejects.toMatchObject({ data: { code: 'checksumMismatch' } });
  });
  test('other bytes of the right length are thrown away', async () => {
    server.setContent(randomBytes(content.length), '"first"');
    const service = start();
    await expect(get(service)).rejects.toMatchObject({ data: { code: 'checksumMismatch', details: { expected: sha256(content) } } });
    expect(existsSync(fileOf())).toBe(false);
    expect(readFileSync(partOf()).length).toBe(0);
    server.setContent(content, '"first"');
    await get(service);
  });
  test('a stall ends with a plain reason', async () => {
    const stall: Parameters<RudeServer['behave']>[0] = (_, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 10));
    };
    server.behave(...Array.from({ length: 9 }, () => stall));
    await expect(get(start())).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { reason: expect.stringMatching(/^nothing came for 0.4 seconds$/) as string } },
    });
  });
  test('nobody there', async () => {
    const { url } = server;
    const service = start([entry('one', url.replace(/:\d+/, ':9'))]);
    await expect(get(service)).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { host: '127.0.0.1:9', reason: 'the connection was refused' } },
    });
  });
  test('plain http to another host is never tried', async () => {
    await expect(get(start([entry('one', 'http://models.invalid/x')]))).rejects.toMatchObject({ data: { code: 'networkFailed' } });
  });
});

describe('control', () => {
  const slow: Parameters<RudeServer['behave']>[0] = (_, response, bytes) => {
    response.writeHead(200, { 'content-length': bytes.length, etag: '"first"' });
    response.write(bytes.subarray(0, 70_000));
  };
  test('pause keeps what came, and download resumes there', async () => {
    server.behave(slow);
    const service = start();
    await service.download('one');
    const outcome = service.downloaded('one').catch((error: unknown) => error);
    await expect.poll(() => readFileSync(partOf(), { flag: 'a+' }).length).toBe(70_000);
    await service.pause('one');
    expect(await outcome).toMatchObject({ data: { code: 'cancelled' } });
    expect(service.get('one').state).toEqual({ kind: 'paused', receivedBytes: 70_000, totalBytes: content.length });
    await get(service);
    expect(server.requests.at(-1)).toMatchObject({ range: 'bytes=70000-' });
  });
  test('a second request joins the running one', async () => {
    const service = start();
    await Promise.all([service.download('one'), service.download('one')]);
    await service.downloaded('one');
    expect(server.requests.length).toBe(1);
  });
  test('another process that fetches it is waited for by nobody: busy', async () => {
    const service = start();
    const lock = await takeFileLock(join(folder, 'models', 'partial', `${sha256(content)}.lock`), 'x', new AbortController().signal);
    expect(service.get('one').state).toMatchObject({ kind: 'downloading', source: 'another window or terminal of Facet' });
    await expect(get(service)).rejects.toMatchObject({ data: { code: 'busy' } });
    lock.close();
    await get(service);
  });
  test('remove deletes the file, and what was begun', async () => {
    const service = start();
    await get(service);
    await service.remove('one');
    expect(existsSync(fileOf())).toBe(false);
    expect(service.get('one').state).toEqual({ kind: 'available' });
    await expect(service.remove('nothing')).rejects.toMatchObject({ data: { code: 'notFound' } });
  });
  test('a part that is longer than the file starts again', async () => {
    const service = start();
    writeFileSync(partOf(), Buffer.alloc(content.length + 1));
    await get(service);
    expect(readFileSync(fileOf()).equals(content)).toBe(true);
  });
  test('progress comes at most four times a second', async () => {
    const started = performance.now();
    await get(start());
    const seconds = (performance.now() - started) / 1_000;
    expect(events.filter((event) => event.state.kind === 'downloading').length).toBeLessThanOrEqual(2 + Math.ceil(seconds * 4));
  });
});

describe('the starter', () => {
  test('takes the next source when the first cannot be reached, and says so', async () => {
    const unreachable = {
      ...entry('hub', 'http://127.0.0.1:9/x'),
      text: { ...entry('hub', 'http://127.0.0.1:9/x').text, sha256: 'a'.repeat(64) },
    };
    const service = start([unreachable, entry('packages', server.url)], ['hub', 'packages']);
    const model = await get(service, 'starter');
    expect(model).toMatchObject({ id: 'packages', state: { kind: 'installed' } });
    expect(service.get('hub').state).toEqual({ kind: 'available' });
    const told = events.find((event) => event.id === 'packages')!.state;
    expect(told).toMatchObject({
      kind: 'downloading',
      source: expect.stringContaining('127.0.0.1:9: the connection was refused') as string,
    });
    // It goes on to be installed: asking again fetches nothing.
    const before = server.requests.length;
    expect((await get(service, 'starter')).id).toBe('packages');
    expect(server.requests.length).toBe(before);
  });
  test('gives the reasons of all sources when none works', async () => {
    const service = start([entry('hub', 'http://127.0.0.1:9/x'), entry('packages', 'http://127.0.0.1:11/x')], ['hub', 'packages']);
    await expect(get(service, 'starter')).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { host: '127.0.0.1:9', reason: expect.stringContaining('127.0.0.1:11') as string } },
    });
    expect(service.get('hub').state.kind).toBe('failed');
  });
  test('a wrong hash is not hidden behind another source', async () => {
    server.setContent(randomBytes(content.length), '"x"');
    const service = start([entry('hub', server.url), entry('packages', server.url)], ['hub', 'packages']);
    await expect(get(service, 'starter')).rejects.toMatchObject({ data: { code: 'checksumMismatch' } });
  });
});
