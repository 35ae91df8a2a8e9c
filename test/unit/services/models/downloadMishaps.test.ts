import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createThrottle } from '../../../../electron/services/models/download/throttle.ts';
import { cutAfter, rangeOf, type Rudeness } from '../../../fakes/rudeServer.ts';
import { createDownloadRig, type DownloadRig, quickRetry, webEntry } from './downloadRig.ts';

// Processes that are killed, disks that fill up, lines that are slow, and servers that send without end.

const mebibyte = 1024 ** 2;
const content = randomBytes(4.5 * mebibyte);

let rig: DownloadRig;
beforeEach(async () => {
  rig = await createDownloadRig(content);
});
afterEach(() => rig.close());

describe('real processes', () => {
  const large = randomBytes(64 * mebibyte);
  let largeRig: DownloadRig;
  const children: ChildProcess[] = [];
  const sending: Promise<void>[] = [];
  beforeEach(async () => {
    largeRig = await createDownloadRig(large);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await largeRig.close();
  });
  /** A process that downloads it into the rig's folder. */
  const start = (): ChildProcess => {
    const entry = webEntry('one', largeRig.server.url, large);
    const child = fork(join(import.meta.dirname, '../../../fakes/downloadUntilKilled.ts'), [largeRig.folder, JSON.stringify(entry)]);
    children.push(child);
    return child;
  };
  /** In small parts, as long as nothing holds it. */
  const slowly =
    (sent: (bytes: number) => void, hold: () => Promise<unknown> | null = () => null): Rudeness =>
    (request, response, bytes) => {
      const { from, to } = rangeOf(request, bytes)!;
      const total = `bytes ${from}-${to}/${bytes.length}`;
      response.writeHead(206, { 'content-range': total, 'content-length': to - from + 1, etag: '"first"' });
      const closed = once(response, 'close');
      const send = async (): Promise<void> => {
        for (let at = from; at <= to && !response.destroyed; at += 16_384) {
          const part = bytes.subarray(at, Math.min(to + 1, at + 16_384));
          await Promise.race([closed, new Promise<void>((resolve) => void response.write(part, () => resolve()))]);
          sent(part.length);
          await (hold() ?? turn());
        }
        response.end();
      };
      sending.push(send());
    };

  test('that are killed three times in the middle fetch hardly a byte twice', { timeout: 120_000 }, async () => {
    let total = 0;
    let gate = Promise.withResolvers<null>();
    const killAt = [0.2, 0.45, 0.8].map((part) => part * large.length);
    largeRig.server.always(
      slowly(
        (bytes) => void (total += bytes),
        () => (total < (killAt[0] ?? Number.POSITIVE_INFINITY) ? null : gate.promise),
      ),
    );
    const ends: unknown[] = [];
    for (let run = 0; run < 4; run++) {
      const child = start();
      let told: unknown = null;
      let held = { received: -1, times: 0 };
      child.on('message', (message: { readonly received: number } | string) => {
        if (typeof message === 'string') told = message;
        else {
          held = { received: message.received, times: message.received === held.received ? held.times + 1 : 0 };
          // The server sends no more, and everything that was sent has arrived: what is lost now is what the journal does not know.
          if (total >= (killAt[0] ?? Number.POSITIVE_INFINITY) && held.times === 10) child.kill('SIGKILL');
        }
      });
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      ends.push(signal ?? told);
      killAt.shift();
      gate.resolve(null);
      gate = Promise.withResolvers<null>();
      // Until the server has seen that its connections are gone.
      await Promise.all(sending.splice(0));
    }
    expect(ends).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL', 'installed']);
    expect(readFileSync(largeRig.fileOf()).equals(large)).toBe(true);
    expect(total / large.length).toBeLessThanOrEqual(1.02);
  });

  test('two at once: one fetches it, the other says that it is busy, and nothing comes twice', { timeout: 120_000 }, async () => {
    let total = 0;
    let second: ChildProcess | null = null;
    const outcomes: string[] = [];
    const noteEnd = (message: unknown): void => {
      if (typeof message === 'string') outcomes.push(message);
    };
    const ended = Promise.withResolvers<null>();
    largeRig.server.always(
      slowly(
        (bytes) => {
          total += bytes;
          // The other one is started when the first is well under way, which then waits for its end.
          if (second !== null || total < mebibyte) return;
          second = start();
          second.on('message', noteEnd);
          second.once('exit', () => ended.resolve(null));
        },
        () => (second === null ? null : ended.promise),
      ),
    );
    const first = start();
    first.on('message', noteEnd);
    await Promise.all([once(first, 'exit'), ended.promise]);
    expect(outcomes.toSorted()).toEqual(['busy', 'installed']);
    expect(total).toBe(large.length);
    expect(readFileSync(largeRig.fileOf()).equals(large)).toBe(true);
  });
});

describe('a disk that fills up', () => {
  // A file system that can be made smaller takes the right to mount one.
  const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();
  test.skipIf(!mayMount)('in the middle keeps what came, says so, and the download goes on when there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'facet-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=700m', 'tmpfs', folder]);
    const resize = (size: string): unknown => execFileSync('mount', ['-o', `remount,size=${size}`, folder]);
    const small = await createDownloadRig(content, folder);
    try {
      small.server.behave((request, response, bytes) => {
        resize('3m');
        cutAfter(bytes.length)!(request, response, bytes);
      });
      const service = small.start();
      await expect(small.get(service)).rejects.toMatchObject({
        data: { code: 'diskFull', details: { path: expect.stringContaining('.part') as string } },
      });
      expect(service.get('one').state).toMatchObject({ kind: 'failed', error: { code: 'diskFull' } });
      const before = small.server.sentBytes();
      resize('700m');
      await small.get(service);
      expect(readFileSync(small.fileOf()).equals(content)).toBe(true);
      // More than a mebibyte was kept, so less than the whole had to come again.
      expect(small.server.sentBytes() - before).toBeLessThan(content.length - mebibyte);
    } finally {
      await small.close();
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    }
  });
  test('is told before a byte comes when the file cannot fit', async () => {
    const bytes = 2 ** 44;
    const entry = { ...webEntry('one', rig.server.url, content) };
    const service = rig.start([{ ...entry, text: { ...entry.text, bytes } }]);
    rig.server.behaveHead((_, response) => response.writeHead(200, { 'content-length': bytes }).end());
    await expect(rig.get(service)).rejects.toMatchObject({ data: { code: 'diskFull', details: { needed: expect.any(Number) as number } } });
    expect(rig.server.requests.length).toBe(0);
  });
});

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'facet-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a limited line', () => {
  /** Time passes only by waiting. */
  const virtualClock = () => {
    let time = 0;
    return { now: () => time, wait: (ms: number) => ((time += ms), Promise.resolve()), passed: () => time };
  };
  const { signal } = new AbortController();

  test('takes as long as its limit says, whatever the parts are', async () => {
    const clock = virtualClock();
    const throttle = createThrottle(() => 1_000_000, clock);
    for (const bytes of [1, 65_536, 400_000, 34_463, 500_000]) await throttle.take(bytes, signal);
    expect(clock.passed()).toBeCloseTo(1_000, 6);
  });
  test('obeys a limit that changes in the middle, and none', async () => {
    const clock = virtualClock();
    let limit: number | null = 1_000;
    const throttle = createThrottle(() => limit, clock);
    await throttle.take(1_000, signal);
    limit = 4_000;
    await throttle.take(4_000, signal);
    limit = null;
    await throttle.take(1e9, signal);
    expect(clock.passed()).toBeCloseTo(2_000, 6);
  });
  test('does not save up what was not used', async () => {
    let time = 0;
    const waits: number[] = [];
    const throttle = createThrottle(() => 1_000, { now: () => time, wait: (ms) => (waits.push(ms), Promise.resolve()) });
    await throttle.take(1_000, signal);
    time = 60_000;
    await throttle.take(1_000, signal);
    expect(waits).toEqual([1_000, 1_000]);
  });
  test('holds for all connections of a download together', async () => {
    const clock = virtualClock();
    await rig.get(rig.start(undefined, { web: { throttle: createThrottle(() => mebibyte, clock) } }));
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
    expect(rig.server.requests.length).toBe(5);
    expect(clock.passed()).toBeGreaterThanOrEqual(4_499);
  });
});

describe('servers that send without end', () => {
  const endless =
    (status: number, headers: Record<string, string>): Rudeness =>
    (_, response) => {
      response.writeHead(status, headers);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
  const impatient = { web: { retry: { ...quickRetry, firstAttempts: 1 } } };
  const failure = (): Promise<unknown> => rig.get(rig.start(undefined, impatient)).catch((error: unknown) => error);

  test('a compressed body is not even read', async () => {
    rig.server.always(endless(200, { 'content-encoding': 'gzip' }));
    expect(await failure()).toMatchObject({ data: { code: 'networkFailed', details: { reason: 'the file was sent with encoding gzip' } } });
    // What fits into the connection's buffers.
    expect(rig.server.sentBytes()).toBeLessThan(16 * mebibyte);
  });
  test('a range that never ends', async () => {
    // Of one piece, so that one connection asks once.
    const small = await createDownloadRig(content.subarray(0, mebibyte / 2));
    small.server.always(endless(206, { 'content-range': `bytes 0-${mebibyte / 2 - 1}/${mebibyte / 2}`, etag: '"first"' }));
    const outcome = await small.get(small.start(undefined, impatient)).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ data: { details: { reason: 'the server sent more bytes than were asked for' } } });
    expect(small.server.sentBytes()).toBeLessThan(16 * mebibyte);
    await small.close();
  });
  test('headers without end', async () => {
    rig.server.always((request) => {
      const { socket } = request;
      socket.write('HTTP/1.1 206 Partial Content\r\n');
      const more = (): void => {
        while (!socket.destroyed && socket.write(`x-more: ${'x'.repeat(8_000)}\r\n`));
        if (!socket.destroyed) socket.once('drain', more);
      };
      socket.on('error', () => undefined);
      more();
    });
    expect(await failure()).toMatchObject({
      data: { code: 'networkFailed', details: { reason: expect.stringContaining('headers') as string } },
    });
  });
  test('a connection that is torn instead of ended', async () => {
    rig.server.behave((request, response, bytes) => {
      const { from, to } = rangeOf(request, bytes)!;
      response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}`, 'content-length': to - from + 1 });
      response.write(bytes.subarray(from, from + 1_000), () => request.socket.resetAndDestroy());
    });
    await rig.get(rig.start());
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
  });
});
