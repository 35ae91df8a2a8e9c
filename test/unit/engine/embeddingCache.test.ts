import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmbeddingCache } from '../../../electron/engine/embeddingCache.ts';
import { writeEmbedding } from '../../../electron/engine/embeddingFile.ts';

const tokens = 4;
const hash = (name: string): string => createHash('sha256').update(name).digest('hex');
const identity = (view: string, projector = 'projector') => ({ projectorSha256: hash(projector), viewSha256: hash(view) });
const numbers = (first: number): Float32Array => Float32Array.from({ length: tokens * 6 }, (_, index) => first + index / 7);
const fileBytes = writeEmbedding(identity('a'), tokens, numbers(0)).length;

let parent = '';
let folder = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'facet-embeddings-'));
  folder = join(parent, 'cache', 'embeddings');
});
afterEach(() => rmSync(parent, { recursive: true }));

const onlyFile = (): string => join(folder, readdirSync(folder)[0] ?? '');

test('what was saved is found by another cache on the folder, number for number', async () => {
  await createEmbeddingCache(folder).save(identity('a'), tokens, numbers(0.1));
  expect(await createEmbeddingCache(folder).find(identity('a'), tokens)).toEqual(numbers(0.1));
});

test.skipIf(process.platform === 'win32')('folder and files are for this user alone', async () => {
  await createEmbeddingCache(folder).save(identity('a'), tokens, numbers(0));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('neither pictures nor projectors share anything', async () => {
  const cache = createEmbeddingCache(folder);
  await cache.save(identity('a', 'one'), tokens, numbers(1));
  await cache.save(identity('a', 'two'), tokens, numbers(2));
  await cache.save(identity('b', 'one'), tokens, numbers(3));
  expect(await cache.find(identity('a', 'one'), tokens)).toEqual(numbers(1));
  expect(await cache.find(identity('a', 'two'), tokens)).toEqual(numbers(2));
  expect(await cache.find(identity('b', 'one'), tokens)).toEqual(numbers(3));
  expect(await cache.find(identity('b', 'two'), tokens)).toBeNull();
});

test("a file under another's name is not taken", async () => {
  const cache = createEmbeddingCache(folder);
  await cache.save(identity('a'), tokens, numbers(1));
  const stolen = readFileSync(onlyFile());
  const { projectorSha256, viewSha256 } = identity('b');
  writeFileSync(join(folder, `${projectorSha256}-${viewSha256}`), stolen);
  expect(await cache.find(identity('b'), tokens)).toBeNull();
  expect(await cache.find(identity('a'), tokens)).toEqual(numbers(1));
});

test('any damaged byte, a missing or an added one makes a file worthless, and it goes', async () => {
  const cache = createEmbeddingCache(folder);
  await cache.save(identity('a'), tokens, numbers(1));
  const path = onlyFile();
  const sound = readFileSync(path);
  const damaged = [0, 7, 8, 12, 16, 50, 80, 111, 112, sound.length - 1].map((index) => {
    const bytes = Buffer.from(sound);
    bytes.writeUInt8(bytes.readUInt8(index) ^ 0x10, index);
    return bytes;
  });
  for (const bytes of [
    ...damaged,
    sound.subarray(0, -1),
    sound.subarray(0, -24),
    sound.subarray(0, 20),
    Buffer.alloc(0),
    Buffer.concat([sound, sound]),
  ]) {
    writeFileSync(path, bytes);
    expect(await cache.find(identity('a'), tokens)).toBeNull();
    expect(existsSync(path)).toBe(false);
  }
  writeFileSync(path, sound);
  expect(await cache.find(identity('a'), tokens + 1)).toBeNull();
});

test('the least recently used go first when the folder is full', async () => {
  const cache = createEmbeddingCache(folder, 3 * fileBytes);
  for (const [index, view] of ['a', 'b', 'c'].entries()) {
    await cache.save(identity(view), tokens, numbers(index));
    const { projectorSha256, viewSha256 } = identity(view);
    const usedAt = new Date(Date.now() - 60_000 + index * 1000);
    utimesSync(join(folder, `${projectorSha256}-${viewSha256}`), usedAt, usedAt);
  }
  await cache.find(identity('a'), tokens);
  await cache.save(identity('d'), tokens, numbers(9));
  expect(readdirSync(folder)).toHaveLength(3);
  expect(await cache.find(identity('b'), tokens)).toBeNull();
  expect(await cache.find(identity('a'), tokens)).toEqual(numbers(0));
  expect(await cache.find(identity('d'), tokens)).toEqual(numbers(9));
});

test('what a dead process left half written is cleared away, what is being written is not', async () => {
  await createEmbeddingCache(folder).save(identity('a'), tokens, numbers(1));
  writeFileSync(join(folder, 'old.part'), 'x');
  writeFileSync(join(folder, 'new.part'), 'x');
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(join(folder, 'old.part'), yesterday, yesterday);
  await createEmbeddingCache(folder).save(identity('b'), tokens, numbers(2));
  expect(existsSync(join(folder, 'old.part'))).toBe(false);
  expect(existsSync(join(folder, 'new.part'))).toBe(true);
});

test('a folder that cannot be made is told', async () => {
  writeFileSync(join(parent, 'cache'), 'a file in the way');
  await expect(createEmbeddingCache(folder).save(identity('b'), tokens, numbers(2))).rejects.toThrow();
  expect(await createEmbeddingCache(folder).find(identity('b'), tokens)).toBeNull();
});
