import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cutAfter, rangeOf, type Rudeness, spoil, startRudeServer, wholeOnly } from '../../../fakes/rudeServer.ts';
import { catalogueEntry, createDownloadRig, type DownloadRig, sha256, webEntry } from './downloadRig.ts';

/** Five pieces: the smallest piece has one mebibyte. */
const pieceBytes = 1024 ** 2;
const content = randomBytes(4.5 * pieceBytes);

let rig: DownloadRig;
beforeEach(async () => {
  rig = await createDownloadRig(content);
});
afterEach(() => rig.close());
const whole = (): boolean => readFileSync(rig.fileOf()).equals(content);
/** As the hub answers a HEAD for a large file: a redirect that nobody follows, with the facts. */
const linked =
  (sha: string, bytes: number): Rudeness =>
  (_, response) =>
    response
      .writeHead(302, {
        location: 'http://elsewhere.invalid/',
        'x-linked-etag': `"${sha}"`,
        'x-linked-size': bytes,
        'x-repo-commit': 'a'.repeat(40),
      })
      .end();

describe('several connections', () => {
  test('fetch the pieces of a file, each once', async () => {
    await rig.get(rig.start());
    expect(whole()).toBe(true);
    expect(rig.server.requests.map(({ range }) => range).toSorted()).toEqual(
      [0, 1, 2, 3, 4].map((piece) => `bytes=${piece * pieceBytes}-${Math.min(content.length, (piece + 1) * pieceBytes) - 1}`),
    );
    expect(rig.server.sentBytes()).toBe(content.length);
  });
  test('a cut at every 64th costs no byte twice', async () => {
    rig.server.always(cutAfter(Math.ceil(content.length / 64)));
    await rig.get(rig.start());
    expect(whole()).toBe(true);
    expect(rig.server.requests.length).toBeGreaterThanOrEqual(64);
    expect(rig.server.sentBytes() / content.length).toBeLessThanOrEqual(1.02);
  });
  test('pausing after every piece and going on in a new process costs no byte twice', async () => {
    for (let round = 0; round < 4; round++) {
      let served = 0;
      rig.server.always((request, response, bytes) => {
        if (served++ < 1) cutAfter(content.length)!(request, response, bytes);
        else response.writeHead(503).end();
      });
      await rig.get(rig.start()).catch(() => undefined);
      await rig.stopLast();
    }
    rig.server.always(null);
    await rig.get(rig.start());
    expect(whole()).toBe(true);
    expect(rig.server.sentBytes() / content.length).toBeLessThanOrEqual(1.02);
  });
  test('a server without ranges sends it in one answer', async () => {
    rig.server.always(wholeOnly);
    await rig.get(rig.start());
    expect(whole()).toBe(true);
    expect(rig.server.requests.length).toBe(1);
  });
  test('a file that changes in the middle is fetched from its start', async () => {
    const before = randomBytes(content.length);
    rig.server.setContent(before, '"before"');
    let count = 0;
    rig.server.always((request, response, bytes) => {
      if (count++ === 2) rig.server.setContent(content, '"first"');
      const current = count > 2 ? content : bytes;
      const etag = count > 2 ? '"first"' : '"before"';
      const condition = request.headers['if-range'];
      const range = condition === undefined || condition === etag ? rangeOf(request, current) : null;
      const body = range === null ? current : current.subarray(range.from, range.to + 1);
      const place = range === null ? {} : { 'content-range': `bytes ${range.from}-${range.to}/${current.length}` };
      response.writeHead(range === null ? 200 : 206, { etag, 'content-length': body.length, ...place }).end(body);
    });
    await rig.get(rig.start());
    expect(whole()).toBe(true);
  });
  test('a file that never stays the same is given up', async () => {
    let count = 0;
    rig.server.always((request, response, bytes) => {
      const range = rangeOf(request, bytes)!;
      const body = bytes.subarray(range.from, range.to + 1);
      const etag = `"${count++}"`;
      response
        .writeHead(206, { etag, 'content-length': body.length, 'content-range': `bytes ${range.from}-${range.to}/${bytes.length}` })
        .end(body);
    });
    await expect(rig.get(rig.start())).rejects.toMatchObject({ data: { details: { reason: 'the file keeps changing on the server' } } });
  });
});

describe('repair', () => {
  test('bytes that changed on the way are found by fetching pieces again, until the whole is right', async () => {
    rig.server.behaveHead(linked(sha256(content), content.length));
    const at = pieceBytes + 7;
    const spoilt = new Set<string>();
    rig.server.always((request, response, bytes) => {
      const range = rangeOf(request, bytes)!;
      const first = !spoilt.has('done') && range.from <= at && at <= range.to;
      if (first) spoilt.add('done');
      (first ? spoil(at) : cutAfter(content.length))!(request, response, bytes);
    });
    await rig.get(rig.start());
    expect(whole()).toBe(true);
    // All pieces once, then the first two again.
    expect(rig.server.requests.length).toBe(7);
  });
  test('a piece that went bad on the disk while the download rested comes again, and no other', async () => {
    await fetchTwoPieces();
    const part = readFileSync(rig.partOf());
    part[10] = (part[10] ?? 0) ^ 1;
    writeFileSync(rig.partOf(), part);
    const before = rig.server.sentBytes();
    expect(before).toBe(2 * pieceBytes);
    await rig.get(rig.start());
    expect(whole()).toBe(true);
    expect(rig.server.sentBytes() - before).toBe(content.length - pieceBytes);
  });
  test('a server that has another file than is wanted is told before a byte of it comes', async () => {
    rig.server.behaveHead(linked('f'.repeat(64), content.length));
    await expect(rig.get(rig.start())).rejects.toMatchObject({ data: { code: 'checksumMismatch', details: { actual: 'f'.repeat(64) } } });
    expect(rig.server.requests.length).toBe(0);
  });
  test('a journal that was cut off in the middle of a line costs that line', async () => {
    await fetchTwoPieces();
    const journal = rig.partOf().replace('.part', '.json');
    writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, -30));
    await rig.get(rig.start());
    expect(whole()).toBe(true);
    const twice = rig.server.sentBytes() - content.length;
    expect(twice).toBeGreaterThan(0);
    expect(twice).toBeLessThanOrEqual(pieceBytes);
  });
});

/** The first two of the five pieces, and then a pause. */
async function fetchTwoPieces(): Promise<void> {
  rig.server.always((request, response, bytes) => {
    if (rangeOf(request, bytes)!.from < 2 * pieceBytes) cutAfter(content.length)!(request, response, bytes);
  });
  const service = rig.start();
  await service.download('one');
  const outcome = service.downloaded('one').catch(() => undefined);
  await expect.poll(() => JSON.stringify(service.get('one').state)).toContain(`"receivedBytes":${2 * pieceBytes}`);
  await service.pause('one');
  await outcome;
  await rig.stopLast();
  rig.server.always(null);
}

function refuse(status: number): Rudeness {
  return (_, response) => response.writeHead(status).end();
}

describe('what the catalogue does not know', () => {
  const unknown = () =>
    catalogueEntry('one', { source: { kind: 'hub', repository: 'a/b', revision: null, file: 'x y.gguf' }, bytes: null, sha256: null });
  test('is asked of the server, remembered, and stored under what it really is', async () => {
    rig.server.behaveHead((request, response, bytes) => {
      expect(request.url).toBe('/a/b/resolve/main/x%20y.gguf');
      linked(sha256(content), content.length)!(request, response, bytes);
    });
    const service = rig.start([unknown()]);
    expect(service.get('one')).toMatchObject({ state: { kind: 'available' }, text: { bytes: null, sha256: null } });
    const model = await rig.get(service);
    expect(model).toMatchObject({
      state: { kind: 'installed' },
      text: { path: rig.fileOf(), bytes: content.length, sha256: sha256(content) },
    });
    await rig.stopLast();
    expect(rig.start([unknown()]).get('one').state).toEqual({ kind: 'installed' });
  });
  test('is measured by the first byte where HEAD is not known', async () => {
    rig.server.behaveHead(refuse(405));
    const model = await rig.get(rig.start([unknown()]));
    expect(model.text).toEqual({ path: rig.fileOf(), bytes: content.length, sha256: sha256(content) });
    expect(rig.server.requests[0]).toMatchObject({ range: 'bytes=0-0' });
  });
  test('is refused when the bytes are not what the server says', async () => {
    rig.server.behaveHead(linked('e'.repeat(64), content.length));
    await expect(rig.get(rig.start([unknown()]))).rejects.toMatchObject({ data: { code: 'checksumMismatch' } });
  });
  test('a file behind a licence says so', async () => {
    rig.server.behaveHead((_, response) => response.writeHead(401, { 'x-error-code': 'GatedRepo' }).end());
    await expect(rig.get(rig.start([unknown()]))).rejects.toMatchObject({
      data: { details: { reason: expect.stringContaining('access token') as string } },
    });
  });
});

describe('the token', () => {
  test('goes to its own host, and no more once a redirect has led away', async () => {
    const other = await startRudeServer(content);
    const token = { origin: new URL(rig.server.url).origin, value: 'hf_abc' };
    rig.server.always((_, response) => response.writeHead(302, { location: other.url }).end());
    await rig.get(rig.start(undefined, { web: { token: () => token } }));
    expect(rig.server.heads[0]).toMatchObject({ authorization: 'Bearer hf_abc' });
    expect(rig.server.requests[0]).toMatchObject({ authorization: 'Bearer hf_abc' });
    expect(other.requests.length).toBe(5);
    for (const headers of other.requests) expect(headers).not.toHaveProperty('authorization');
    // Where the redirect leads is asked for once.
    expect(rig.server.requests.length).toBeLessThanOrEqual(4);
    await other.close();
  });
  test('does not come back when the way leads home again', async () => {
    const other = await startRudeServer(content);
    const token = { origin: new URL(rig.server.url).origin, value: 'hf_abc' };
    rig.server.always((request, response, bytes) => {
      if (request.url === '/home') cutAfter(content.length)!(request, response, bytes);
      else response.writeHead(302, { location: other.url }).end();
    });
    other.always((_, response) => response.writeHead(302, { location: rig.server.url.replace('model.gguf', 'home') }).end());
    await rig.get(rig.start(undefined, { web: { token: () => token } }));
    expect(rig.server.requests.filter(({ authorization }) => authorization === undefined).length).toBe(5);
    await other.close();
  });
});

describe('the queue', () => {
  test('fetches one model after the other, and lets a waiting one be taken out', async () => {
    const eyes = randomBytes(1_000);
    const other = await startRudeServer(eyes);
    const models = [webEntry('one', rig.server.url, content), webEntry('two', other.url, eyes), webEntry('three', other.url, eyes)];
    let go = (): void => undefined;
    rig.server.behave((request, response, bytes) => {
      go = () => cutAfter(content.length)!(request, response, bytes);
    });
    const service = rig.start(models);
    for (const id of ['one', 'two', 'three']) await service.download(id);
    const third = service.downloaded('three').catch((error: unknown) => error);
    expect(service.get('one').state.kind).toBe('downloading');
    expect(service.get('two').state).toEqual({ kind: 'queued', receivedBytes: 0, totalBytes: 1_000, before: 1 });
    expect(service.get('three').state).toMatchObject({ kind: 'queued', before: 2 });
    await service.pause('three');
    expect(await third).toMatchObject({ data: { code: 'cancelled' } });
    await expect.poll(() => rig.server.requests.length).toBe(1);
    expect(other.requests.length).toBe(0);
    go();
    await service.downloaded('one');
    await service.downloaded('two');
    expect(service.get('three').state.kind).toBe('installed');
    await other.close();
  });
});

describe('removal', () => {
  test('can be undone for a while', async () => {
    const service = rig.start();
    await rig.get(service);
    await service.remove('one');
    expect(existsSync(rig.fileOf())).toBe(false);
    expect(service.get('one').state.kind).toBe('available');
    expect((await service.restore('one')).state.kind).toBe('installed');
    expect(whole()).toBe(true);
    await service.remove('one');
    await rig.stopLast();
    expect(existsSync(join(rig.folder, 'models', 'removed'))).toBe(false);
  });
  test('leaves a vision part that another model here uses', async () => {
    const eyes = randomBytes(1_000);
    const other = await startRudeServer(eyes);
    const projector = webEntry('x', other.url, eyes).text;
    const second = randomBytes(2_000);
    const third = await startRudeServer(second);
    const models = [
      { ...webEntry('one', rig.server.url, content), projector },
      { ...webEntry('two', third.url, second), projector },
    ];
    const service = rig.start(models);
    await rig.get(service, 'one');
    expect(service.get('two').state.kind).toBe('available');
    await rig.get(service, 'two');
    expect(other.sentBytes()).toBe(1_000);
    await service.remove('one');
    expect(service.get('two').state.kind).toBe('installed');
    await service.remove('two');
    expect(service.get('two').projector?.path).toBeNull();
    await other.close();
    await third.close();
  });
});
