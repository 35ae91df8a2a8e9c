import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseCheckpoints } from '../../../../electron/engine/states/chooseCheckpoints.ts';
import { prefixHashes } from '../../../../electron/engine/states/prefixHashes.ts';
import { stateFileName } from '../../../../electron/engine/states/stateFiles.ts';
import { bodyBytes, type StateHeader, type StateIdentity } from '../../../../electron/engine/states/stateHeader.ts';
import { createStateStore } from '../../../../electron/engine/states/stateStore.ts';

const identity: StateIdentity = {
  modelSha256: 'a'.repeat(64),
  projectorSha256: 'b'.repeat(64),
  llamaVersion: 'v1',
  backend: 'CPU',
  cacheType: 'f16',
};
const signal = new AbortController().signal;
const plenty = { mostBytes: 1e9, signal };
const least = { least: 0, most: 100_000 };

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'facet-states-')), 'states');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

/** A conversation of plain text whose ids come from `id`. */
const prompt = (length: number, id: (index: number) => number = (index) => index): { tokens: Int32Array; imageKeys: string[] } => ({
  tokens: Int32Array.from({ length: length * 2 }, (_, index) => (index % 2 === 0 ? id(index / 2) : 0)),
  imageKeys: [],
});

function stateOf(
  owner: string,
  given: ReturnType<typeof prompt>,
  change: Partial<StateHeader> = {},
): { header: StateHeader; body: Uint8Array } {
  const length = given.tokens.length / 2;
  const checkpoints = [{ position: Math.floor(length / 2), bytes: 500, atBoundary: true }];
  const header: StateHeader = {
    identity,
    owner,
    length,
    imageKeys: given.imageKeys,
    checkpoints,
    stateBytes: 40_000,
    prefixes: prefixHashes(given, [Math.floor(length / 2), length]),
    ...change,
  };
  return { header, body: Uint8Array.from({ length: bodyBytes(header) }, (_, index) => (index * 7) % 251) };
}

describe('finding', () => {
  test('gives the state that shares most, at a place where reading can go on', async () => {
    const store = createStateStore(folder);
    for (const [owner, length] of [
      ['short', 400],
      ['long', 1000],
    ] as const) {
      const { header, body } = stateOf(owner, prompt(length));
      await store.save(header, body, plenty);
    }
    expect(await store.find(prompt(1200), { identity, ...least })).toMatchObject({
      shared: 1000,
      path: join(folder, stateFileName('long', identity)),
    });
    // It leaves `long` after 700 tokens: its checkpoint is at 500, and `short` ends at 400.
    const branch = prompt(1200, (index) => (index < 700 ? index : 9));
    expect(await store.find(branch, { identity, ...least })).toMatchObject({ shared: 500 });
    expect(
      await store.find(
        prompt(1200, (index) => index + 1),
        { identity, ...least },
      ),
    ).toBeNull();
  });

  test('another process finds it too, and an older state gives way to the newer one', async () => {
    const first = stateOf('chat', prompt(300));
    await createStateStore(folder).save(first.header, first.body, plenty);
    const reader = createStateStore(folder);
    expect(await reader.find(prompt(600), { identity, ...least })).toMatchObject({ shared: 300 });
    const second = stateOf('chat', prompt(500));
    await createStateStore(folder).save(second.header, second.body, plenty);
    expect(await reader.find(prompt(600), { identity, ...least })).toMatchObject({ shared: 500 });
    expect((await readdir(folder)).filter((name) => name.endsWith('.state'))).toHaveLength(1);
  });

  test.each<[string, Partial<StateIdentity>]>([
    ['model', { modelSha256: 'c'.repeat(64) }],
    ['build', { llamaVersion: 'v2' }],
    ['device', { backend: 'CUDA' }],
    ['cache type', { cacheType: 'q8_0' }],
  ])('gives nothing of another %s', async (_name, change) => {
    const { header, body } = stateOf('chat', prompt(300));
    const store = createStateStore(folder);
    await store.save(header, body, plenty);
    expect(await store.find(prompt(600), { identity: { ...identity, ...change }, ...least })).toBeNull();
  });

  test('the projector counts where a picture is in it, and only there', async () => {
    const store = createStateStore(folder);
    const text = stateOf('text', prompt(300), { identity: { ...identity, projectorSha256: null } });
    await store.save(text.header, text.body, plenty);
    const pictured = {
      tokens: Int32Array.from({ length: 800 }, (_, index) => (index % 2 === 0 ? 5 : Number(index > 100))),
      imageKeys: ['k'],
    };
    const seen = stateOf('seen', pictured);
    await store.save(seen.header, seen.body, plenty);
    const other = { ...identity, projectorSha256: 'd'.repeat(64) };
    expect(await store.find(prompt(600), { identity: other, ...least })).toMatchObject({ shared: 300 });
    expect(await store.find(pictured, { identity, ...least })).toMatchObject({ shared: 400 });
    expect(await store.find(pictured, { identity: other, ...least })).toBeNull();
    // Another picture at the same place is another prompt.
    expect(await store.find({ ...pictured, imageKeys: ['other'] }, { identity, ...least })).toBeNull();
  });

  test('gives none that spares too little or does not fit into the context', async () => {
    const { header, body } = stateOf('chat', prompt(300));
    const store = createStateStore(folder);
    await store.save(header, body, plenty);
    expect(await store.find(prompt(600), { identity, least: 300, most: 1000 })).toBeNull();
    expect(await store.find(prompt(600), { identity, least: 299, most: 299 })).toBeNull();
  });
});

describe('what is on disk', () => {
  const saved = async (): Promise<string> => {
    const { header, body } = stateOf('chat', prompt(300));
    await createStateStore(folder).save(header, body, plenty);
    const [name = ''] = (await readdir(folder)).filter((entry) => entry.endsWith('.state'));
    return join(folder, name);
  };

  test('comes back byte for byte', async () => {
    const { header, body } = stateOf('chat', prompt(300));
    const state = await createStateStore(folder).read(await saved());
    expect(state).toMatchObject({ kind: 'whole', header });
    expect(state.kind === 'whole' && Buffer.from(state.body).equals(body)).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('is for this user alone', async () => {
    const path = await saved();
    for (const [file, mode] of [
      [folder, 0o700],
      [path, 0o600],
      [join(folder, 'key'), 0o600],
    ] as const) {
      expect((await stat(file)).mode & 0o777).toBe(mode);
    }
  });

  test('is refused with any byte flipped, and deleted', async () => {
    const path = await saved();
    const whole = await readFile(path);
    const places = new Set([
      ...Array(16).keys(),
      ...Array.from({ length: Math.ceil(whole.length / 1000) }, (_, index) => index * 1000),
      whole.length - 1,
    ]);
    for (const place of places) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ 0x10;
      await writeFile(path, damaged);
      expect(await createStateStore(folder).read(path), `byte ${String(place)}`).toMatchObject({ kind: 'unusable' });
      await expect(stat(path)).rejects.toThrow();
    }
  });

  test.each([0, 5, 11, 12, 300, 1000, -1, -32, -33])('is refused when cut at %i', async (length) => {
    const path = await saved();
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, length < 0 ? whole.length + length : length));
    expect(await createStateStore(folder).read(path)).toMatchObject({ kind: 'unusable' });
  });

  test('is refused with bytes behind it, or signed with the key of another installation', async () => {
    const path = await saved();
    const whole = await readFile(path);
    await writeFile(path, Buffer.concat([whole, Buffer.from('x')]));
    expect(await createStateStore(folder).read(path)).toMatchObject({ kind: 'unusable' });
    await writeFile(path, whole);
    await writeFile(join(folder, 'key'), Buffer.alloc(32, 1));
    expect(await createStateStore(folder).read(path)).toMatchObject({ kind: 'unusable', reason: 'its signature is wrong' });
  });

  describe('when it is longer than what is read at a time', () => {
    /** Bytes read at a time, and more of them than are on their way at once. */
    const piece = 2 * 1024 * 1024;
    const pieces = 5;
    const savedLong = async (): Promise<{
      readonly path: string;
      readonly body: Uint8Array;
      readonly bodyAt: number;
      readonly whole: Buffer;
    }> => {
      const { header, body } = stateOf('chat', prompt(300), { stateBytes: pieces * piece });
      for (let index = 0; index < body.length; index += 4096) body[index] = index / 4096;
      await createStateStore(folder).save(header, body, plenty);
      const path = join(folder, stateFileName('chat', identity));
      const whole = await readFile(path);
      return { path, body, bodyAt: 12 + whole.readUInt32LE(8), whole };
    };

    test('comes back byte for byte', async () => {
      const { path, body } = await savedLong();
      const state = await createStateStore(folder).read(path);
      expect(state.kind === 'whole' && Buffer.from(state.body).equals(body)).toBe(true);
    });

    test('is refused with a byte of any piece flipped', async () => {
      const { path, bodyAt, whole } = await savedLong();
      for (let index = 0; index <= pieces; index += 1) {
        const damaged = Buffer.from(whole);
        const place = Math.min(bodyAt + index * piece + 1000, whole.length - 81);
        damaged[place] = (damaged[place] ?? 0) ^ 1;
        await writeFile(path, damaged);
        expect(await createStateStore(folder).read(path), `piece ${String(index)}`).toMatchObject({ kind: 'unusable' });
      }
    });

    test('is refused with two pieces in each other’s place', async () => {
      const { path, bodyAt, whole } = await savedLong();
      const swapped = Buffer.from(whole);
      whole.copy(swapped, bodyAt, bodyAt + piece, bodyAt + 2 * piece);
      whole.copy(swapped, bodyAt + piece, bodyAt, bodyAt + piece);
      expect(swapped.equals(whole)).toBe(false);
      await writeFile(path, swapped);
      expect(await createStateStore(folder).read(path)).toMatchObject({ kind: 'unusable', reason: 'its signature is wrong' });
    });
  });

  test.each<[string, (bodyAt: number, end: number) => readonly [number, number]]>([
    ['header', (bodyAt) => [0, bodyAt]],
    ['body', (bodyAt, end) => [bodyAt, end - 80]],
    ['salt and tag', (_bodyAt, end) => [end - 80, end - 32]],
    ['body and its tag', (bodyAt, end) => [bodyAt, end - 32]],
    ['signature', (_bodyAt, end) => [end - 32, end]],
  ])('is refused with the %s of another state of this installation', async (_name, rangeOf) => {
    const path = await saved();
    const whole = await readFile(path);
    const bodyAt = 12 + whole.readUInt32LE(8);
    const other = stateOf(
      'chat',
      prompt(300, (index) => index + 1),
    );
    other.body[7] = 99;
    await createStateStore(folder).save(other.header, other.body, plenty);
    const mixed = await readFile(path);
    expect(mixed.length).toBe(whole.length);
    const [from, to] = rangeOf(bodyAt, whole.length);
    whole.copy(mixed, from, from, to);
    await writeFile(path, mixed);
    expect(await createStateStore(folder).read(path)).toMatchObject({ kind: 'unusable', reason: 'its signature is wrong' });
  });

  test('no two states are sealed alike', async () => {
    const seals = new Set<string>();
    for (let index = 0; index < 3; index += 1) seals.add((await readFile(await saved())).subarray(-80).toString('hex'));
    expect(seals.size).toBe(3);
  });

  test('of an older format is not found', async () => {
    const path = await saved();
    const whole = await readFile(path);
    whole.write('FACETKV1', 'latin1');
    await writeFile(path, whole);
    expect(await createStateStore(folder).find(prompt(600), { identity, ...least })).toBeNull();
    expect(await createStateStore(folder).read(path)).toMatchObject({ kind: 'unusable' });
  });

  test('a header that lies about sizes costs nothing', async () => {
    const path = await saved();
    const whole = await readFile(path);
    const text = whole.toString('latin1').replace('"stateBytes":40000', '"stateBytes":9e15');
    const lying = Buffer.from(text, 'latin1');
    lying.writeUInt32LE(whole.readUInt32LE(8) + lying.length - whole.length, 8);
    await writeFile(path, lying);
    expect(await createStateStore(folder).read(path)).toMatchObject({ kind: 'unusable' });
  });

  test('stays whole when writing is cancelled or fails', async () => {
    const path = await saved();
    const before = await readFile(path);
    const { header, body } = stateOf('chat', prompt(900));
    await expect(createStateStore(folder).save(header, body, { mostBytes: 1e9, signal: AbortSignal.abort() })).rejects.toThrow();
    expect((await readFile(path)).equals(before)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('the least recently used go first', () => {
  const save = async (owner: string, from: number, usedAt: number): Promise<void> => {
    const { header, body } = stateOf(
      owner,
      prompt(300, (index) => index + from),
    );
    await createStateStore(folder).save(header, body, { mostBytes: 3 * 44_500, signal });
    const name = (await readdir(folder)).find((entry) => entry.startsWith(`${owner}-`));
    if (name !== undefined) await utimes(join(folder, name), usedAt, usedAt);
  };
  const owners = async (): Promise<readonly string[]> =>
    (await readdir(folder)).flatMap((name) => (name.endsWith('.state') ? [name.split('-')[0] ?? ''] : [])).toSorted();

  test('when the size is reached', async () => {
    for (const [index, owner] of ['a', 'b', 'c', 'd'].entries()) await save(owner, index * 1000, 1000 + index);
    expect(await owners()).toEqual(['b', 'c', 'd']);
  });

  test('but before them those that the new one repeats', async () => {
    for (const [index, owner] of ['a', 'b', 'c'].entries()) await save(owner, index * 1000, 1000 + index);
    await save('d', 2000, 2000);
    expect(await owners()).toEqual(['a', 'b', 'd']);
  });

  test('and one that is larger than all room is not kept', async () => {
    await save('a', 0, 1000);
    const { header, body } = stateOf('big', prompt(300));
    expect(await createStateStore(folder).save(header, body, { mostBytes: 40_000, signal })).toBe(false);
    expect(await owners()).toEqual(['a']);
  });
});

describe('checkpoints on disk', () => {
  const at = (position: number, atBoundary = true): { position: number; bytes: number; atBoundary: boolean } => ({
    position,
    bytes: 100e6,
    atBoundary,
  });

  test('all of them while they weigh no more than the state', () => {
    const checkpoints = [at(10), at(20), at(30)];
    expect(chooseCheckpoints({ checkpoints, stateBytes: 300e6 })).toEqual(checkpoints);
  });

  test('none inside a document, and its end stays whatever goes', () => {
    const inside = [2048, 4096, 6144, 8192].map((position) => at(position, false));
    const turns = [at(9000), at(9020), at(9300), at(9500)];
    const kept = chooseCheckpoints({ checkpoints: [...inside, ...turns], stateBytes: 350e6 });
    expect(kept.map(({ position }) => position)).toEqual([9000, 9300, 9500]);
  });
});
