import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyVerified, workOf } from '../../../../electron/services/models/copyVerified.ts';
import { readFolderChoice, writeFolderChoice } from '../../../../electron/services/models/folderChoice.ts';
import { removeLeft } from '../../../../electron/services/models/moveModels.ts';
import { createDownloadRig, type DownloadRig, sha256 } from './downloadRig.ts';

const pieceBytes = 1024 ** 2;
const content = randomBytes(4.5 * pieceBytes);
const { signal } = new AbortController();
const silent = (): void => undefined;

let rig: DownloadRig;
let elsewhere = '';
beforeEach(async () => {
  rig = await createDownloadRig(content);
  elsewhere = mkdtempSync(join(tmpdir(), 'facet-elsewhere-'));
});
afterEach(async () => {
  await rig.close();
  rmSync(elsewhere, { recursive: true, force: true });
});
/** Turns one byte around and keeps the size. */
const damage = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};

describe('verifying', () => {
  test('tells a sound model, byte for byte', async () => {
    const service = rig.start();
    await rig.get(service);
    const progress: number[] = [];
    const result = await service.verify({ id: 'one', repair: false, signal, onProgress: (done) => progress.push(done) });
    expect(result).toMatchObject({ outcome: 'sound', files: [{ path: rig.fileOf(), expected: sha256(content), actual: sha256(content) }] });
    expect(progress.at(-1)).toBe(content.length);
  });
  test('tells a damaged one, and changes nothing unless it is asked to', async () => {
    const service = rig.start();
    await rig.get(service);
    damage(rig.fileOf(), 10);
    expect((await service.verify({ id: 'one', repair: false, signal, onProgress: silent })).outcome).toBe('damaged');
    expect(service.get('one').state.kind).toBe('installed');
    expect(rig.server.requests.length).toBe(5);
  });
  test('repairs by fetching the bad piece alone', async () => {
    const service = rig.start();
    await rig.get(service);
    damage(rig.fileOf(), 2 * pieceBytes + 5);
    const before = rig.server.sentBytes();
    const result = await service.verify({ id: 'one', repair: true, signal, onProgress: silent });
    expect(result.outcome).toBe('repaired');
    expect(result.files[0]?.actual).not.toBe(sha256(content));
    expect(rig.server.sentBytes() - before).toBe(pieceBytes);
    expect(readFileSync(rig.fileOf()).equals(content)).toBe(true);
  });
  test('can be cancelled, and refuses what is not here', async () => {
    const service = rig.start();
    await expect(service.verify({ id: 'one', repair: false, signal, onProgress: silent })).rejects.toMatchObject({
      data: { code: 'modelMissing' },
    });
    await rig.get(service);
    const abort = AbortSignal.abort();
    await expect(service.verify({ id: 'one', repair: false, signal: abort, onProgress: silent })).rejects.toThrow('abort');
  });
});

describe('moving the models folder', () => {
  test('takes everything along, and the models stay installed', async () => {
    const service = rig.start();
    await rig.get(service);
    const target = join(elsewhere, 'new', 'models');
    const folder = await service.moveFolder(target, silent, signal);
    expect(folder).toMatchObject({ path: target, unfinishedMove: null });
    const path = join(target, `${sha256(content)}.gguf`);
    expect(service.get('one')).toMatchObject({ state: { kind: 'installed' }, text: { path } });
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(existsSync(join(rig.folder, 'models'))).toBe(false);
    // A process that starts later finds them there, journal included.
    await rig.stopLast();
    const later = rig.start();
    damage(path, 7);
    expect((await later.verify({ id: 'one', repair: true, signal, onProgress: silent })).outcome).toBe('repaired');
    expect(rig.server.sentBytes()).toBe(content.length + pieceBytes);
  });
  test('is refused into itself, without a full path, and while a model comes', async () => {
    const service = rig.start();
    await rig.get(service);
    for (const target of [join(rig.folder, 'models', 'inner'), rig.folder, 'models']) {
      await expect(service.moveFolder(target, silent, signal)).rejects.toMatchObject({
        data: { code: 'invalidRequest', details: { field: 'path' } },
      });
    }
    expect(service.get('one').state.kind).toBe('installed');
  });
  test('that is cancelled loses nothing, says where it was going, and goes on', async () => {
    const service = rig.start();
    await rig.get(service);
    await expect(service.moveFolder(elsewhere, silent, AbortSignal.abort())).rejects.toThrow('abort');
    expect(service.get('one').state.kind).toBe('installed');
    expect((await service.describeFolder()).unfinishedMove === null || existsSync(rig.fileOf())).toBe(true);
    await service.moveFolder(elsewhere, silent, signal);
    expect(service.get('one')).toMatchObject({ state: { kind: 'installed' }, text: { path: join(elsewhere, `${sha256(content)}.gguf`) } });
  });
  test('what a killed process had left at the old place is gone after the next start', async () => {
    const service = rig.start();
    await rig.get(service);
    await service.moveFolder(elsewhere, silent, signal);
    const old = join(rig.folder, 'old');
    execFileSync('cp', ['-r', elsewhere, old]);
    writeFileSync(join(old, 'mine.txt'), 'of somebody else');
    writeFolderChoice(rig.folder, { ...readFolderChoice(rig.folder), leftAt: old });
    await removeLeft(rig.folder);
    expect(readdirSync(old)).toEqual(['mine.txt']);
    expect(readFolderChoice(rig.folder)).toEqual({ path: elsewhere, movingTo: null, leftAt: null });
  });
});

describe('a copy to another disk', () => {
  /** Second names cannot be given across file systems; this one is in memory. */
  const memory = '/dev/shm';
  test.skipIf(!existsSync(memory))('goes on where it was cut off, and is refused when it is not the same', async () => {
    const source = join(elsewhere, 'source');
    writeFileSync(source, content);
    const there = mkdtempSync(join(memory, 'facet-copy-'));
    const target = join(there, 'copy');
    try {
      writeFileSync(`${target}.moving`, content.subarray(0, 3 * pieceBytes));
      const work: number[] = [];
      await copyVerified(source, target, sha256(content), (done) => work.push(done), signal);
      expect(readFileSync(target).equals(content)).toBe(true);
      // The first step was the rest alone, and in the end everything was read back.
      expect(work[0]).toBe(content.length);
      expect(work.at(-1)).toBe(workOf(content.length));
      rmSync(target);
      writeFileSync(`${target}.moving`, Buffer.alloc(pieceBytes));
      await expect(copyVerified(source, target, sha256(content), silent, signal)).rejects.toMatchObject({
        data: { code: 'checksumMismatch' },
      });
      expect(readdirSync(there)).toEqual([]);
      expect(readFileSync(source).equals(content)).toBe(true);
    } finally {
      rmSync(there, { recursive: true });
    }
  });
});
