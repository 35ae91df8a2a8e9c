import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeFileLock } from '../../../../electron/services/models/fileLock.ts';
import { cutAfter, type RudeServer, startRudeServer } from '../../../fakes/rudeServer.ts';
import { createDownloadRig, type DownloadRig, sha256, webEntry } from './downloadRig.ts';

/** Less than a piece, so that one connection fetches it and the order of requests is known. */
const content = randomBytes(640 * 1024);

let rig: DownloadRig;
beforeEach(async () => {
  rig = await createDownloadRig(content);
});
afterEach(() => rig.close());
const entry = (id: string, url: string) => webEntry(id, url, content);

describe('a download that works', () => {
  test('ends verified, under its hash, and says so', async () => {
    const service = rig.start();
    expect(service.get('one').state).toEqual({ kind: 'available' });
    const model = await rig.get(service);
    expect(model).toMatchObject({ state: { kind: 'installed' }, text: { path: rig.fileOf(), sha256: sha256(content) } });
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
    expect(rig.events.map((event) => event.state.kind)).toEqual(expect.arrayContaining(['downloading', 'installed']));
    expect(existsSync(rig.partOf())).toBe(false);
  });
  test('sends nothing but a range and an agent', async () => {
    await rig.get(rig.start());
    expect(Object.keys(rig.server.requests[0]!).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'range',
      'user-agent',
    ]);
    expect(rig.server.requests[0]!['accept-encoding']).toBe('identity');
  });
  test('goes on after every cut, fetching each byte once', async () => {
    const piece = Math.floor(content.length / 16);
    rig.server.behave(...Array.from({ length: 15 }, () => cutAfter(piece)));
    await rig.get(rig.start());
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
    expect(rig.server.requests.length).toBe(16);
    expect(rig.server.sentBytes()).toBe(content.length);
    expect(rig.server.requests[1]).toMatchObject({ range: `bytes=${piece}-${content.length - 1}`, 'if-range': '"first"' });
  });
  test('goes on in another process', async () => {
    rig.server.behave(cutAfter(100_000), ...Array.from({ length: 3 }, () => refuse(503)));
    const first = rig.start();
    await expect(rig.get(first)).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { reason: expect.stringContaining('HTTP 503') as string } },
    });
    await rig.stopLast();
    const second = rig.start();
    expect(second.get('one').state).toEqual({ kind: 'paused', receivedBytes: 100_000, totalBytes: content.length });
    await rig.get(second);
    expect(rig.server.sentBytes()).toBe(content.length);
  });
  test('follows redirects', async () => {
    const other = await startRudeServer(content);
    rig.server.behave((_, response) => response.writeHead(302, { location: other.url, 'set-cookie': 'a=b' }).end());
    await rig.get(rig.start());
    expect(Object.keys(other.requests[0]!).toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'range', 'user-agent']);
    await other.close();
  });
  test('fetches model and projector, counted together', async () => {
    const eyes = randomBytes(1_000);
    const second = await startRudeServer(eyes);
    const both = {
      ...entry('one', rig.server.url),
      projector: { source: { kind: 'web' as const, url: second.url }, bytes: eyes.length, sha256: sha256(eyes) },
    };
    const model = await rig.get(rig.start([both]));
    expect(readFileSync(model.projector!.path!).equals(eyes)).toBe(true);
    expect(rig.events[0]!.state).toMatchObject({ totalBytes: content.length + eyes.length });
    await second.close();
  });
});

function refuse(status: number): Parameters<RudeServer['behave']>[0] {
  return (_, response) => response.writeHead(status).end();
}

/** 429, with how long to wait. */
function tooOften(wait: string): Parameters<RudeServer['behave']>[0] {
  return (_, response) => response.writeHead(429, { 'retry-after': wait }).end();
}

describe('an address', () => {
  const fetch = (): Promise<unknown> => rig.start([]).fetch({ url: rig.server.url, sha256: null, bytes: null });
  const kept = (): readonly string[] =>
    rig
      .start([])
      .list()
      .map(({ state }) => state.kind);

  test('that gives nothing is not kept as a model to be gone on with', async () => {
    rig.server.behaveHead(refuse(404));
    await expect(fetch()).rejects.toMatchObject({ data: { code: 'networkFailed' } });
    expect(kept()).toEqual([]);
  });
  test('that gave some of it is', async () => {
    rig.server.behave(cutAfter(50_000), ...Array.from({ length: 9 }, () => refuse(500)));
    await expect(fetch()).rejects.toMatchObject({ data: { code: 'networkFailed' } });
    expect(kept()).toEqual(['paused']);
  });
});

describe('servers that ask to be left alone', () => {
  test('are, before and while the file comes', async () => {
    const asked: number[] = [];
    const note = (): unknown => asked.push(performance.now());
    let heads = 0;
    rig.server.behaveHead((_, response, bytes) => {
      note();
      if (heads++ === 0) response.writeHead(503, { 'retry-after': new Date(Date.now() + 2_000).toUTCString() }).end();
      else response.writeHead(200, { 'content-length': bytes.length }).end();
    });
    const tellingWhen: Parameters<RudeServer['behave']>[0] = (request, response, bytes) => {
      note();
      tooOften('1')?.(request, response, bytes);
    };
    rig.server.behave(tellingWhen, (_, response, bytes) => {
      note();
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    });
    await rig.get(rig.start());
    const [first = 0, second = 0, third = 0, fourth = 0] = asked;
    // A date has whole seconds, so that up to one of the two is lost.
    expect(second - first).toBeGreaterThan(900);
    expect(fourth - third).toBeGreaterThan(900);
  });
});

describe('servers that lie', () => {
  test('a changed file starts again', async () => {
    rig.server.behave(cutAfter(50_000), ...Array.from({ length: 3 }, () => refuse(500)));
    const service = rig.start();
    await expect(rig.get(service)).rejects.toThrow();
    rig.server.setContent(content, '"second"');
    await rig.get(service);
    expect(rig.server.sentBytes()).toBe(content.length + 50_000);
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
  });
  test('a range from another place is not taken', async () => {
    rig.server.behave(cutAfter(50_000), (_, response, bytes) =>
      response.writeHead(206, { 'content-range': `bytes 10-${bytes.length - 1}/${bytes.length}` }).end(bytes.subarray(10)),
    );
    await rig.get(rig.start());
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
  });
  test.each<[string, Parameters<RudeServer['behave']>[0], string]>([
    ['another length', (_, response) => response.writeHead(200, { 'content-length': 5 }).end('short'), 'instead of'],
    ['a compressed body', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), 'encoding gzip'],
    ['no such file', refuse(404), 'HTTP 404: the server has no such file'],
    ['a server that wants to be left alone for long', tooOften('7200'), 'asked too often; try again in 2.0 hours'],
    ['a redirect to itself for ever', (_, response) => response.writeHead(302, { location: '/again' }).end(), 'redirects'],
    [
      'a redirect to plain http elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://models.invalid/x' }).end(),
      'not allowed',
    ],
    ['a redirect to a file', (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(), 'not allowed'],
  ])('%s', async (_, rudeness, reason) => {
    rig.server.behave(...Array.from({ length: 9 }, () => rudeness));
    const service = rig.start();
    const failure = await rig.get(service).catch((error: unknown) => error);
    expect(failure).toMatchObject({ data: { code: 'networkFailed', details: { reason: expect.stringContaining(reason) as string } } });
    expect(service.get('one').state).toMatchObject({ kind: 'failed', error: { code: 'networkFailed' } });
  });
  test('more bytes than promised', async () => {
    rig.server.behave((_, response, bytes) => response.writeHead(200).end(Buffer.concat([bytes, Buffer.from('more')])));
    // The whole of what was promised is there and has the right hash; the rest is not taken.
    await rig.get(rig.start());
    expect(statSync(rig.fileOf()).size).toBe(content.length);
  });
  test('other bytes of the right length are thrown away', async () => {
    rig.server.setContent(randomBytes(content.length), '"first"');
    const service = rig.start();
    await expect(rig.get(service)).rejects.toMatchObject({ data: { code: 'checksumMismatch', details: { expected: sha256(content) } } });
    expect(existsSync(rig.fileOf())).toBe(false);
    expect(readFileSync(rig.partOf()).length).toBe(0);
    rig.server.setContent(content, '"first"');
    await rig.get(service);
  });
  test('a stall ends with a plain reason', async () => {
    const stall: Parameters<RudeServer['behave']>[0] = (_, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 10));
    };
    rig.server.behave(...Array.from({ length: 9 }, () => stall));
    await expect(rig.get(rig.start())).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { reason: expect.stringMatching(/^nothing came for 0.4 seconds$/) as string } },
    });
  });
  test('nobody there', async () => {
    const { url } = rig.server;
    const service = rig.start([entry('one', url.replace(/:\d+/, ':9'))]);
    await expect(rig.get(service)).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { host: '127.0.0.1:9', reason: 'the connection was refused' } },
    });
  });
  test('plain http to another host is never tried', async () => {
    await expect(rig.get(rig.start([entry('one', 'http://models.invalid/x')]))).rejects.toMatchObject({ data: { code: 'networkFailed' } });
  });
});

describe('control', () => {
  const slow: Parameters<RudeServer['behave']>[0] = (_, response, bytes) => {
    response.writeHead(200, { 'content-length': bytes.length, etag: '"first"' });
    response.write(bytes.subarray(0, 70_000));
  };
  test('pause keeps what came, and download resumes there', async () => {
    rig.server.behave(slow);
    const service = rig.start();
    await service.download('one');
    const outcome = service.downloaded('one').catch((error: unknown) => error);
    await expect.poll(() => readFileSync(rig.partOf(), { flag: 'a+' }).length).toBe(70_000);
    await service.pause('one');
    expect(await outcome).toMatchObject({ data: { code: 'cancelled' } });
    expect(service.get('one').state).toEqual({ kind: 'paused', receivedBytes: 70_000, totalBytes: content.length });
    await rig.get(service);
    expect(rig.server.requests.at(-1)).toMatchObject({ range: `bytes=70000-${content.length - 1}` });
  });
  test('a second request joins the running one', async () => {
    const service = rig.start();
    await Promise.all([service.download('one'), service.download('one')]);
    await service.downloaded('one');
    expect(rig.server.requests.length).toBe(1);
  });
  test('another process that fetches it is waited for by nobody: busy', async () => {
    const service = rig.start();
    const lock = await takeFileLock(join(rig.folder, 'models', 'partial', `${sha256(content)}.lock`), 'x', new AbortController().signal);
    expect(service.get('one').state).toMatchObject({ kind: 'downloading', source: 'another window or terminal of Facet' });
    await expect(rig.get(service)).rejects.toMatchObject({ data: { code: 'busy' } });
    lock.close();
    await rig.get(service);
  });
  test('remove deletes the file, and what was begun', async () => {
    const service = rig.start();
    await rig.get(service);
    await service.remove('one');
    expect(existsSync(rig.fileOf())).toBe(false);
    expect(service.get('one').state).toEqual({ kind: 'available' });
    await expect(service.remove('nothing')).rejects.toMatchObject({ data: { code: 'notFound' } });
  });
  test('a part that is longer than the file starts again', async () => {
    const service = rig.start();
    writeFileSync(rig.partOf(), Buffer.alloc(content.length + 1));
    await rig.get(service);
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
  });
  test('progress comes at most four times a second', async () => {
    const started = performance.now();
    await rig.get(rig.start());
    const seconds = (performance.now() - started) / 1_000;
    expect(rig.events.filter((event) => event.state.kind === 'downloading').length).toBeLessThanOrEqual(2 + Math.ceil(seconds * 4));
  });
});

describe('the starter', () => {
  test('takes the next source when the first cannot be reached, and says so', async () => {
    const unreachable = {
      ...entry('hub', 'http://127.0.0.1:9/x'),
      text: { ...entry('hub', 'http://127.0.0.1:9/x').text, sha256: 'a'.repeat(64) },
    };
    const service = rig.start([unreachable, entry('packages', rig.server.url)], { starter: ['hub', 'packages'] });
    const model = await rig.get(service, 'starter');
    expect(model).toMatchObject({ id: 'packages', state: { kind: 'installed' } });
    expect(service.get('hub').state).toEqual({ kind: 'available' });
    const told = rig.events.find((event) => event.id === 'packages')!.state;
    expect(told).toMatchObject({
      kind: 'downloading',
      source: expect.stringContaining('127.0.0.1:9: the connection was refused') as string,
    });
    // It goes on to be installed: asking again fetches nothing.
    const before = rig.server.requests.length;
    expect((await rig.get(service, 'starter')).id).toBe('packages');
    expect(rig.server.requests.length).toBe(before);
  });
  test('gives the reasons of all sources when none works', async () => {
    const service = rig.start([entry('hub', 'http://127.0.0.1:9/x'), entry('packages', 'http://127.0.0.1:11/x')], {
      starter: ['hub', 'packages'],
    });
    await expect(rig.get(service, 'starter')).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { host: '127.0.0.1:9', reason: expect.stringContaining('127.0.0.1:11') as string } },
    });
    expect(service.get('hub').state.kind).toBe('failed');
  });
  test('a wrong hash is not hidden behind another source', async () => {
    rig.server.setContent(randomBytes(content.length), '"x"');
    const service = rig.start([entry('hub', rig.server.url), entry('packages', rig.server.url)], { starter: ['hub', 'packages'] });
    await expect(rig.get(service, 'starter')).rejects.toMatchObject({ data: { code: 'checksumMismatch' } });
  });
});
