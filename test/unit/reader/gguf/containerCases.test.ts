import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkGguf } from '../../../../electron/reader/gguf/checkGguf.ts';
import { ggufOf, putTogether, type TakenApart } from '../../../fakes/ggufOf.ts';
import { type GgufSpec, type GgufTensorSpec, type GgufValue, writeGgufHeader } from '../../../fakes/ggufWriter.ts';
import { withKey, withTensor } from '../../../fakes/tinyGemma.ts';

// The 34 kinds of file that llama.cpp makes by hand for its own reader (tests/test-gguf.cpp, version 0.5.0; 28 bad ones and six that it takes), each made out
// of both files of the built-in model. What that reader takes must still be a Gemma 3 here.

const pair = join(import.meta.dirname, '../../../../assets/models/tiny-reader');
const files = { text: ggufOf(join(pair, 'text.gguf')), projector: ggufOf(join(pair, 'mmproj.gguf')) };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-container-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Case = readonly [name: string, code: string, make: (file: TakenApart) => Buffer];

const changed =
  (change: (spec: GgufSpec) => GgufSpec): Case[2] =>
  ({ spec, data }) =>
    putTogether(change(spec), data);
const withFirst = (change: (tensor: GgufTensorSpec) => GgufTensorSpec): Case[2] =>
  changed((spec) => withTensor(spec, spec.tensors[0]!.name, change(spec.tensors[0]!)));
const aligned = (value: GgufValue): Case[2] => changed((spec) => withKey(spec, 'general.alignment', value));
const u32 = (value: number): GgufValue => ({ type: 'u32', value });
/** Writes over the file at this distance from the end of the first key's name. */
const behindFirstKey =
  (write: (bytes: Buffer, at: number) => unknown): Case[2] =>
  ({ spec, data }) => {
    const bytes = putTogether(spec, data);
    const name = spec.metadata[0]![0];
    write(bytes, bytes.indexOf(name) + name.length);
    return bytes;
  };
const bytesOf = ({ spec, data }: TakenApart): Buffer => putTogether(spec, data);
const extraTensor: GgufTensorSpec = { name: 'extra.weight', shape: [32], type: 0, bytes: 128 };
const huge = 0x7fff_ffff_ffff_ffc0n;

const bad: readonly Case[] = [
  ['another magic', 'bad-magic', changed((spec) => ({ ...spec, magic: 'FUGG' }))],
  ['version 0', 'bad-version', changed((spec) => ({ ...spec, version: 0 }))],
  ['version 1', 'bad-version', changed((spec) => ({ ...spec, version: 1 }))],
  ['a later version', 'bad-version', changed((spec) => ({ ...spec, version: 4 }))],
  ['2^64 - 1 tensors', 'too-many-tensors', changed((spec) => ({ ...spec, tensorCount: 2n ** 64n - 1n }))],
  ['2^64 - 1 keys', 'too-many-keys', changed((spec) => ({ ...spec, keyCount: 2n ** 64n - 1n }))],
  ['a key of 2^64 - 1 bytes', 'truncated', behindFirstKey((bytes) => bytes.writeBigUInt64LE(2n ** 64n - 1n, 24))],
  ['a key without a name', 'bad-key', changed((spec) => withKey(spec, '', u32(1)))],
  ['a value of no known type', 'bad-type', behindFirstKey((bytes, at) => bytes.writeUInt32LE(13, at))],
  ['a value of 2^64 - 1 bytes', 'truncated', behindFirstKey((bytes, at) => bytes.writeBigUInt64LE(2n ** 64n - 1n, at + 4))],
  ['a key twice', 'duplicate-key', changed((spec) => ({ ...spec, metadata: [...spec.metadata, spec.metadata[0]!] }))],
  ['an alignment of 13', 'bad-alignment', aligned(u32(13))],
  ['an alignment that is signed', 'wrong-type', aligned({ type: 'i32', value: 32 })],
  ['a tensor name of 78 bytes', 'bad-tensor-name', withFirst((tensor) => ({ ...tensor, name: 't'.repeat(78) }))],
  ['five dimensions', 'bad-shape', withFirst((tensor) => ({ ...tensor, dimensions: 5 }))],
  ['a negative side', 'bad-shape', withFirst((tensor) => ({ ...tensor, shape: [-1n] }))],
  ['a side of zero', 'bad-shape', withFirst((tensor) => ({ ...tensor, shape: [32, 0] }))],
  ['more numbers than 63 bits count', 'bad-shape', withFirst((tensor) => ({ ...tensor, shape: [2n ** 62n, 4] }))],
  ['more bytes than 63 bits count', 'bad-shape', withFirst((tensor) => ({ ...tensor, type: 27, shape: [2n ** 60n, 2] }))],
  ['a tensor of no known type', 'bad-tensor-type', withFirst((tensor) => ({ ...tensor, type: 43 }))],
  ['an offset of 2^64 - 32', 'bad-offset', withFirst((tensor) => ({ ...tensor, offset: 2n ** 64n - 32n }))],
  ['a tensor twice', 'duplicate-tensor', changed((spec) => ({ ...spec, tensors: [...spec.tensors, spec.tensors[0]!] }))],
  [
    'tensors behind an alignment of 13',
    'bad-alignment',
    changed((spec) => ({ ...withKey(spec, 'general.alignment', u32(13)), alignment: 13 })),
  ],
  ['offsets that keep no alignment', 'bad-offset', withFirst((tensor) => ({ ...tensor, offset: 1n }))],
  ['data that ends early', 'truncated', ({ spec, data }) => putTogether(spec, data.subarray(0, data.length / 2))],
  ['data behind an alignment of 0', 'out-of-range', aligned(u32(0))],
  ['data that is aligned otherwise than it says', 'bad-offset', aligned(u32(8_192))],
  [
    'tensors that are too large together',
    'bad-shape',
    changed((spec) => ({ ...spec, tensors: spec.tensors.map((tensor) => ({ ...tensor, type: 24, shape: [huge], bytes: 0, offset: 0n })) })),
  ],
];

/** Sound for a reader of containers, and not a model. */
const foreign: readonly Case[] = [
  ['nothing but a header', 'not-gemma3', ({ spec }) => writeGgufHeader({ ...spec, metadata: [], tensors: [] })],
  ['unknown keys alone', 'not-gemma3', ({ spec }) => writeGgufHeader({ ...spec, metadata: [['my_key', u32(7)]], tensors: [] })],
  [
    'an unknown tensor alone, without its data',
    'truncated',
    ({ spec }) => writeGgufHeader({ ...spec, metadata: [], tensors: [extraTensor] }),
  ],
  [
    'tensors behind an alignment of 1',
    'out-of-range',
    changed((spec) => ({ ...withKey(spec, 'general.alignment', u32(1)), alignment: 1 })),
  ],
  [
    'an unknown tensor behind the others, with its data',
    'unexpected-tensor',
    ({ spec, data }) => putTogether({ ...spec, tensors: [...spec.tensors, extraTensor] }, Buffer.concat([data, Buffer.alloc(128)])),
  ],
  ['data behind an alignment of 1', 'out-of-range', ({ spec, data }) => putTogether(withKey(spec, 'general.alignment', u32(1)), data)],
];

test('there are 34 of them', () => {
  expect(bad.length + foreign.length).toBe(34);
});

describe.each(['text', 'projector'] as const)('the built-in %s file', (kind) => {
  const check = (bytes: Buffer) => {
    const path = join(folder, 'model.gguf');
    writeFileSync(path, bytes);
    return checkGguf(path);
  };
  test('is taken apart and put together as it was', async () => {
    expect(await check(bytesOf(files[kind]))).toMatchObject({ ok: true, kind, code: 'ok' });
  });
  test.each([...bad, ...foreign])('with %s is refused as %s', async (_, code, make) => {
    const result = await check(make(files[kind]));
    expect(result).toMatchObject({ ok: false, code, facts: null });
    // One sentence for people, which names no more than it must.
    expect(result.message).toMatch(/^[A-Z].{10,200}\.$/s);
  });
  test('with keys that nobody knows is taken', async () => {
    const spec = (['u8', 'i16', 'f64', 'bool', 'string'] as const).reduce<GgufSpec>(
      (before, type, index) =>
        withKey(before, `my_key_${String(index)}`, { type, value: type === 'string' ? 'x' : type === 'bool' ? true : 7 }),
      files[kind].spec,
    );
    expect(await check(putTogether(spec, files[kind].data))).toMatchObject({ ok: true, kind });
  });
});
