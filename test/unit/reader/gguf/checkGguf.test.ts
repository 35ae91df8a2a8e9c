import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkGguf } from '../../../../electron/reader/gguf/checkGguf.ts';
import type { ModelCheck } from '../../../../electron/shared/models.ts';
import { type GgufSpec, type GgufValue, writeGguf } from '../../../fakes/ggufWriter.ts';
import { tinyProjectorSpec, tinyTextSpec, tinyTokens, withKey, withTensor } from '../../../fakes/tinyGemma.ts';
import { embeddingSpec, tinyEmbedding } from '../../../fakes/embeddingShapes.ts';
import { float } from '../../../fakes/gemmaGguf.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-gguf-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function checkBytes(bytes: Uint8Array): Promise<ModelCheck> {
  const path = join(folder, 'model.gguf');
  writeFileSync(path, bytes);
  return checkGguf(path);
}
const check = (spec: GgufSpec): Promise<ModelCheck> => checkBytes(writeGguf(spec));

const text = tinyTextSpec();
const vision = tinyProjectorSpec();
const u32 = (value: number): GgufValue => ({ type: 'u32', value });
const f32 = (value: number): GgufValue => ({ type: 'f32', value });
const string = (value: string): GgufValue => ({ type: 'string', value });
const flag = (value: boolean): GgufValue => ({ type: 'bool', value });
const tokens = tinyTokens();
const withTokens = (change: (list: { text: string; type: number }[]) => { text: string; type: number }[]): GgufSpec => {
  const changed = change(tinyTokens());
  const strings: GgufValue = { list: 'string', values: changed.map((token) => token.text) };
  return withKey(withKey(text, 'tokenizer.ggml.tokens', strings), 'tokenizer.ggml.token_type', {
    list: 'i32',
    values: changed.map((token) => token.type),
  });
};
const retyped = (name: string, type: number): GgufSpec =>
  withTokens((list) => list.map((token) => (token.text === name ? { ...token, type } : token)));
const first = text.tensors[0]!;

describe('search models', () => {
  const embedding = embeddingSpec(tinyEmbedding);
  const key = (name: string, value: GgufValue | null): GgufSpec => withKey(embedding, `gemma-embedding.${name}`, value);

  test('an EmbeddingGemma passes, also without its dense layers, which it then says', async () => {
    expect(await check(embedding)).toMatchObject({
      ok: true,
      kind: 'search',
      warnings: [],
      facts: { embeddingLength: 64, shape: { kind: 'search', text: { layers: 7, width: 64, feedForward: 96 } } },
    });
    const { warnings, ...plain } = await check(embeddingSpec({ ...tinyEmbedding, dense: 0 }));
    expect(plain).toMatchObject({ ok: true, kind: 'search' });
    expect(warnings).toEqual([expect.stringContaining('dense layers')]);
  });
  test.each([
    ['another pooling than the mean', key('pooling_type', u32(2)), 'foreign-feature'],
    ['attention in one direction', key('attention.causal', flag(true)), 'foreign-feature'],
    // Each of the next two ends the process inside llama.cpp.
    ['dense layers of another width', key('dense_2_feat_in', u32(32)), 'bad-dense'],
    ['dense layers that do not meet', key('dense_3_feat_in', u32(64)), 'bad-dense'],
    ['one dense layer', key('dense_3_feat_out', null), 'bad-dense'],
    ['a dense layer that is missing', withTensor(embedding, 'dense_3.weight', null), 'missing-tensor'],
    [
      'dense layers that it does not tell of',
      withTensor(embeddingSpec({ ...tinyEmbedding, dense: 0 }), 'dense_2.weight', float('dense_2.weight', 64, 128)),
      'unexpected-tensor',
    ],
    ['no width', key('embedding_length', null), 'missing-key'],
  ])('%s is refused', async (_name, spec, code) => {
    expect(await check(spec)).toMatchObject({ ok: false, kind: 'search', code });
  });
});

describe('files that are right', () => {
  test('a small text model passes with a warning', async () => {
    const result = await check(text);
    expect(result).toMatchObject({ ok: true, kind: 'text', code: 'ok' });
    expect(result.warnings).toEqual(['This model is not one of the known sizes of Gemma 3.']);
    expect(result.facts).toMatchObject({
      size: 'custom',
      layers: 2,
      embeddingLength: 16,
      contextLimit: 1024,
      hasChatTemplate: true,
      quantisation: 'F32',
    });
  });
  test('a small vision part passes', async () => {
    const result = await check(vision);
    expect(result).toMatchObject({ ok: true, kind: 'projector' });
    expect(result.facts).toMatchObject({ embeddingLength: 16, imageSize: 16, imageTokens: 4 });
  });
  test('the built-in pair passes', async () => {
    const folderOfPair = join(import.meta.dirname, '../../../../assets/models/tiny-reader');
    expect(await checkGguf(join(folderOfPair, 'text.gguf'))).toMatchObject({ ok: true, kind: 'text', facts: { embeddingLength: 128 } });
    expect(await checkGguf(join(folderOfPair, 'mmproj.gguf'))).toMatchObject({ ok: true, kind: 'projector', facts: { imageTokens: 16 } });
  });
  test.each<[string, GgufSpec]>([
    ['version 2', { ...text, version: 2 }],
    ['fused attention', fuse(text)],
    ['an own output matrix', withTensor(text, 'output.weight', float('output.weight', 16, tokens.length))],
    ['a pattern of local layers', withKey(text, 'gemma3.attention.sliding_window_pattern', { list: 'bool', values: [true, false] })],
    ['no chat template', withKey(text, 'tokenizer.chat_template', null)],
    ['a huge chat template', withKey(text, 'tokenizer.chat_template', string('{% for a in range(9e9) %}'.repeat(20_000)))],
    ['an alignment of 64', { ...withKey(text, 'general.alignment', u32(64)), alignment: 64 }],
    ['no window', withKey(text, 'gemma3.attention.sliding_window', null)],
  ])('%s passes', async (_, spec) => {
    expect(await check(spec)).toMatchObject({ ok: true, code: 'ok' });
  });
  test('a chat template decides hasChatTemplate', async () => {
    expect((await check(withKey(text, 'tokenizer.chat_template', null))).facts?.hasChatTemplate).toBe(false);
  });
});

function fuse(spec: GgufSpec): GgufSpec {
  const tensors = spec.tensors.filter(({ name }) => !/attn_[kv]\.weight/.test(name));
  return {
    ...spec,
    tensors: tensors.map((tensor) =>
      tensor.name.endsWith('attn_q.weight') ? float(tensor.name.replace('attn_q', 'attn_qkv'), 16, 32) : tensor,
    ),
  };
}

describe('containers that are damaged', () => {
  test.each<[string, GgufSpec, string]>([
    ['wrong magic', { ...text, magic: 'GGML' }, 'bad-magic'],
    ['version 0', { ...text, version: 0 }, 'bad-version'],
    ['version 1', { ...text, version: 1 }, 'bad-version'],
    ['a future version', { ...text, version: 4 }, 'bad-version'],
    ['a big-endian version', { ...text, version: 0x03000000 }, 'bad-version'],
    ['absurdly many tensors', { ...text, tensorCount: 2n ** 63n }, 'too-many-tensors'],
    ['absurdly many keys', { ...text, keyCount: 2n ** 63n }, 'too-many-keys'],
    ['one key too many claimed', { ...text, keyCount: BigInt(text.metadata.length + 1) }, 'truncated'],
    ['an empty key', withKey(text, '', u32(1)), 'bad-key'],
    ['a long key', withKey(text, 'k'.repeat(2_000), u32(1)), 'bad-key'],
    ['a key twice', { ...text, metadata: [...text.metadata, ['general.name', string('again')]] }, 'duplicate-key'],
    ['alignment 1', withKey(text, 'general.alignment', u32(1)), 'out-of-range'],
    ['alignment 0', withKey(text, 'general.alignment', u32(0)), 'out-of-range'],
    ['alignment 48', withKey(text, 'general.alignment', u32(48)), 'bad-alignment'],
    ['alignment of the wrong type', withKey(text, 'general.alignment', { type: 'u64', value: 32n }), 'wrong-type'],
    ['an alignment that the data does not have', withKey(text, 'general.alignment', u32(4096)), 'bad-offset'],
    ['a flag that is 7', withKey(text, 'general.flag', { type: 'bool', value: 7 as unknown as boolean }), 'bad-value'],
    ['a long tensor name', withTensor(text, 'new', float('n'.repeat(64), 16)), 'bad-tensor-name'],
    ['five dimensions', withTensor(text, first.name, { ...first, shape: [16, 1, 1, 1, 1] }), 'bad-shape'],
    ['no dimensions', withTensor(text, first.name, { ...first, shape: [] }), 'bad-shape'],
    ['a zero dimension', withTensor(text, first.name, { ...first, shape: [16, 0] }), 'bad-shape'],
    ['a negative dimension', withTensor(text, first.name, { ...first, shape: [-1n] }), 'bad-shape'],
    ['a product that overflows', withTensor(text, first.name, { ...first, shape: [2 ** 30, 2 ** 30, 16, 16] }), 'bad-shape'],
    ['bytes that overflow', withTensor(text, first.name, { ...first, shape: [2n ** 62n] }), 'bad-shape'],
    ['an unknown type', withTensor(text, first.name, { ...first, type: 99 }), 'bad-tensor-type'],
    ['a removed type', withTensor(text, first.name, { ...first, type: 31 }), 'bad-tensor-type'],
    ['a row that fills no block', withTensor(text, first.name, { ...first, type: 12 }), 'bad-shape'],
    ['an offset that is not aligned', withTensor(text, first.name, { ...first, offset: 8n }), 'bad-offset'],
    ['an offset past the end', withTensor(text, first.name, { ...first, offset: 2n ** 40n }), 'bad-offset'],
    ['overlapping tensors', withTensor(text, 'output_norm.weight', { ...float('output_norm.weight', 16), offset: 0n }), 'bad-offset'],
    ['a tensor twice', { ...text, tensors: [...text.tensors, first] }, 'duplicate-tensor'],
  ])('%s', async (_, spec, code) => {
    expect(await check(spec)).toMatchObject({ ok: false, code, facts: null });
  });

  test('a list that is longer than the file', async () => {
    const bytes = writeGguf(text);
    const name = Buffer.from('tokenizer.ggml.scores');
    bytes.writeBigUInt64LE(2n ** 61n, bytes.indexOf(name) + name.length + 8);
    expect(await checkBytes(bytes)).toMatchObject({ ok: false, code: 'truncated' });
  });
  test('a text that is longer than the file', async () => {
    const bytes = writeGguf(text);
    const name = Buffer.from('general.name');
    bytes.writeBigUInt64LE(2n ** 40n, bytes.indexOf(name) + name.length + 4);
    expect(await checkBytes(bytes)).toMatchObject({ ok: false, code: 'truncated' });
  });
  test('a type number and a list of lists', async () => {
    const bytes = writeGguf(text);
    const name = Buffer.from('tokenizer.ggml.scores');
    bytes.writeUInt32LE(9, bytes.indexOf(name) + name.length + 4);
    expect(await checkBytes(bytes)).toMatchObject({ code: 'bad-type' });
    bytes.writeUInt32LE(77, bytes.indexOf(name) + name.length);
    expect(await checkBytes(bytes)).toMatchObject({ code: 'bad-type' });
  });
  test('text that is not UTF-8', async () => {
    const bytes = writeGguf(text);
    bytes[bytes.indexOf('never run')] = 0xff;
    expect(await checkBytes(bytes)).toMatchObject({ code: 'bad-text' });
  });
  test('an empty file, half a header, and data that ends one byte early', async () => {
    const bytes = writeGguf(text);
    for (const length of [0, 3, 4, 23, 24, 1_000]) expect((await checkBytes(bytes.subarray(0, length))).ok, String(length)).toBe(false);
    const path = join(folder, 'short.gguf');
    writeFileSync(path, bytes);
    truncateSync(path, bytes.length - 1);
    expect(await checkGguf(path)).toMatchObject({ ok: false, code: 'truncated' });
  });
  test.skipIf(process.platform === 'win32')('a pipe, which would be waited for', async () => {
    const pipe = join(folder, 'pipe.gguf');
    execFileSync('mkfifo', [pipe]);
    await expect(checkGguf(pipe)).rejects.toMatchObject({ data: { code: 'fileUnreadable', details: { reason: 'it is not a file' } } });
  });

  test('a name out of the file cannot steer a terminal', async () => {
    const { message } = await check(withKey(text, 'general.architecture', string('a\u001b[2Jb\u202ec')));
    expect(message).toBe('Facet runs Gemma 3; this file is a model of the architecture "a\u{fffd}[2Jb\u{fffd}c".');
  });
  test('a file that is not there or is a folder', async () => {
    await expect(checkGguf(join(folder, 'none.gguf'))).rejects.toMatchObject({ data: { code: 'notFound' } });
    await expect(checkGguf(folder)).rejects.toMatchObject({ data: { code: 'fileUnreadable' } });
  });
});

describe('text models that would end llama.cpp or load silently wrong', () => {
  const key = (name: string, value: GgufValue | null): GgufSpec => withKey(text, `gemma3.${name}`, value);
  test.each<[string, GgufSpec, string]>([
    ['another architecture', withKey(text, 'general.architecture', string('llama')), 'not-gemma3'],
    ['no architecture', withKey(text, 'general.architecture', null), 'not-gemma3'],
    ['an adapter', withKey(text, 'general.type', string('adapter')), 'not-gemma3'],
    ['a split file', withKey(text, 'split.count', u32(2)), 'split-file'],
    ['a part as llama-gguf-split writes it', withKey(text, 'split.count', { type: 'u16', value: 2 }), 'split-file'],
    ['text and vision in one', withTensor(text, 'v.patch_embd.weight', float('v.patch_embd.weight', 4)), 'combined-file'],
    ['no heads', key('attention.head_count', u32(0)), 'out-of-range'],
    ['heads that do not divide', key('attention.head_count_kv', u32(3)), 'bad-heads'],
    ['head counts in a list', key('attention.head_count', { list: 'u32', values: [2, 2] }), 'wrong-type'],
    ['missing key heads', key('attention.head_count_kv', null), 'missing-key'],
    ['an odd head', key('attention.key_length', u32(7)), 'bad-heads'],
    ['another value head', key('attention.value_length', u32(4)), 'bad-heads'],
    ['another local head', key('attention.key_length_swa', u32(4)), 'bad-heads'],
    ['a rotation wider than the head', key('rope.dimension_count', u32(16)), 'bad-heads'],
    ['eps NaN', key('attention.layer_norm_rms_epsilon', f32(NaN)), 'out-of-range'],
    ['eps negative', key('attention.layer_norm_rms_epsilon', f32(-1e-6)), 'out-of-range'],
    ['eps zero', key('attention.layer_norm_rms_epsilon', f32(0)), 'out-of-range'],
    ['eps infinite', key('attention.layer_norm_rms_epsilon', f32(Infinity)), 'out-of-range'],
    ['no layers', key('block_count', u32(0)), 'out-of-range'],
    ['too many layers', key('block_count', u32(513)), 'out-of-range'],
    ['more layers than tensors', key('block_count', u32(3)), 'missing-tensor'],
    ['fewer layers than tensors', key('block_count', u32(1)), 'unexpected-tensor'],
    ['an absurd window', key('attention.sliding_window', u32(0xffff_fff0)), 'out-of-range'],
    ['a window and only global layers', key('attention.sliding_window_pattern', u32(1)), 'out-of-range'],
    [
      'a window and a pattern without local layers',
      key('attention.sliding_window_pattern', { list: 'bool', values: [false, false] }),
      'bad-window',
    ],
    ['a pattern of another length', key('attention.sliding_window_pattern', { list: 'bool', values: [true] }), 'bad-window'],
    ['an unknown RoPE scaling', key('rope.scaling.type', string('spiral')), 'bad-rope'],
    ['a RoPE factor NaN', key('rope.scaling.factor', f32(NaN)), 'out-of-range'],
    ['a negative RoPE factor', key('rope.scaling.factor', f32(-8)), 'out-of-range'],
    ['a RoPE base of zero', key('rope.freq_base', f32(0)), 'out-of-range'],
    ['a context of nothing', key('context_length', u32(0)), 'out-of-range'],
    ['a context of the wrong type', key('context_length', { type: 'i32', value: 1024 }), 'wrong-type'],
    ['a soft-cap NaN', key('final_logit_softcapping', f32(NaN)), 'out-of-range'],
    ['experts', key('expert_count', u32(4)), 'foreign-feature'],
    ['an embedding model', key('attention.causal', flag(false)), 'foreign-feature'],
    ['extra prediction layers', key('nextn_predict_layers', u32(9)), 'foreign-feature'],
    ['integer weights', withTensor(text, 'blk.0.attn_q.weight', { ...float('blk.0.attn_q.weight', 16, 16), type: 26 }), 'integer-weights'],
    [
      'a norm in F16',
      withTensor(text, 'output_norm.weight', { name: 'output_norm.weight', shape: [16], type: 1, bytes: 32 }),
      'bad-tensor-type',
    ],
    ['a wrong shape', withTensor(text, 'blk.1.ffn_up.weight', float('blk.1.ffn_up.weight', 48, 16)), 'bad-shape'],
    ['a missing tensor', withTensor(text, 'blk.1.ffn_up.weight', null), 'missing-tensor'],
    ['a bias', withTensor(text, 'blk.0.attn_q.bias', float('blk.0.attn_q.bias', 16)), 'unexpected-tensor'],
    ['another tokenizer', withKey(text, 'tokenizer.ggml.model', string('gpt2')), 'bad-tokenizer'],
    ['no tokens', withKey(text, 'tokenizer.ggml.tokens', null), 'missing-key'],
    ['too few scores', withKey(text, 'tokenizer.ggml.scores', { list: 'f32', values: [0] }), 'bad-vocabulary'],
    ['too few types', withKey(text, 'tokenizer.ggml.token_type', { list: 'i32', values: [1] }), 'bad-vocabulary'],
    ['a token twice', withTokens((list) => list.map((token) => (token.text === 'z' ? { ...token, text: 'y' } : token))), 'duplicate-token'],
    ['an empty token', withTokens((list) => list.map((token) => (token.text === 'z' ? { ...token, text: '' } : token))), 'bad-vocabulary'],
    ['an unknown token type', retyped('z', 9), 'bad-vocabulary'],
    [
      'a missing byte token',
      withTokens((list) => list.map((token) => (token.text === '<0x41>' ? { ...token, text: 'A' } : token))),
      'missing-byte-token',
    ],
    ['turn markers that are plain words', retyped('<start_of_turn>', 1), 'wrong-token-type'],
    ['an end marker that is user-defined', retyped('<end_of_turn>', 4), 'wrong-token-type'],
    [
      'no turn markers',
      withTokens((list) => list.map((token) => (token.text === '<end_of_turn>' ? { ...token, text: '<end>' } : token))),
      'missing-control-token',
    ],
    ['a start token out of range', withKey(text, 'tokenizer.ggml.bos_token_id', u32(9_999)), 'out-of-range'],
    ['another start token', withKey(text, 'tokenizer.ggml.bos_token_id', u32(0)), 'bad-special-token'],
    ['another end token', withKey(text, 'tokenizer.ggml.eos_token_id', u32(5)), 'bad-special-token'],
    ['a vocabulary of another length than the embedding', withTokens((list) => [...list, { text: 'extra', type: 1 }]), 'bad-vocabulary'],
  ])('%s', async (_, spec, code) => {
    expect(await check(spec)).toMatchObject({ ok: false, code, facts: null });
  });

  test('another architecture is named in one sentence', async () => {
    const { message } = await check(withKey(text, 'general.architecture', string('qwen3')));
    expect(message).toBe('Facet runs Gemma 3; this file is a model of the architecture "qwen3".');
  });
});

describe('vision parts that would end mtmd or misread every picture', () => {
  const key = (name: string, value: GgufValue | null): GgufSpec => withKey(vision, name, value);
  test.each<[string, GgufSpec, string]>([
    ['another projector', key('clip.projector_type', string('qwen2vl_merger')), 'not-gemma3'],
    ['no vision encoder', key('clip.has_vision_encoder', flag(false)), 'bad-projector'],
    ['an audio encoder', key('clip.has_audio_encoder', flag(true)), 'foreign-feature'],
    ['no GELU', key('clip.use_gelu', null), 'bad-projector'],
    ['two activations', key('clip.use_silu', flag(true)), 'foreign-feature'],
    ['heads that do not divide', key('clip.vision.attention.head_count', u32(3)), 'bad-heads'],
    ['no heads', key('clip.vision.attention.head_count', u32(0)), 'out-of-range'],
    ['a picture that is no multiple of the patch', key('clip.vision.image_size', u32(18)), 'bad-projector'],
    ['another picture size', key('clip.vision.image_size', u32(32)), 'bad-shape'],
    ['another patch size', key('clip.vision.patch_size', u32(8)), 'bad-shape'],
    ['pooling that does not divide', key('clip.vision.projector.scale_factor', u32(3)), 'bad-projector'],
    ['pooling by nothing', key('clip.vision.projector.scale_factor', u32(0)), 'out-of-range'],
    ['eps NaN', key('clip.vision.attention.layer_norm_epsilon', f32(NaN)), 'out-of-range'],
    ['two colours', key('clip.vision.image_mean', { list: 'f32', values: [0.5, 0.5] }), 'bad-projector'],
    ['a deviation of zero', key('clip.vision.image_std', { list: 'f32', values: [0.5, 0, 0.5] }), 'bad-projector'],
    ['another layer than the last', key('clip.vision.feature_layer', { list: 'i32', values: [1] }), 'foreign-feature'],
    ['equal widths', key('clip.vision.feed_forward_length', u32(8)), 'bad-projector'],
    ['half a position table', withTensor(vision, 'v.position_embd.weight', float('v.position_embd.weight', 8, 8)), 'bad-shape'],
    ['no promise of a width', key('clip.vision.projection_dim', null), 'missing-key'],
    ['a promise of another width', key('clip.vision.projection_dim', u32(32)), 'bad-projector'],
    ['a missing projection', withTensor(vision, 'mm.input_projection.weight', null), 'missing-tensor'],
    [
      'a quantised projection',
      withTensor(tinyProjectorSpec(32), 'mm.input_projection.weight', {
        name: 'mm.input_projection.weight',
        shape: [32, 8],
        type: 2,
        bytes: 144,
      }),
      'bad-tensor-type',
    ],
    ['an unknown tensor', withTensor(vision, 'v.class_embd', float('v.class_embd', 8)), 'unexpected-tensor'],
    ['a bias in F16', withTensor(vision, 'v.post_ln.bias', { name: 'v.post_ln.bias', shape: [8], type: 1, bytes: 16 }), 'bad-tensor-type'],
  ])('%s', async (_, spec, code) => {
    expect(await check(spec)).toMatchObject({ ok: false, kind: 'projector', code });
  });
});
