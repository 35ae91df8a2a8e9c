import { float, projectorSpec, textTensors } from './gemmaGguf.ts';
import type { GgufSpec, GgufTensorSpec, GgufType, GgufValue } from './ggufWriter.ts';

/** A consistent Gemma 3 text file with zero weights: 2 layers, 16 wide. */
export function tinyTextSpec(): GgufSpec {
  const [width, feedForward, heads, keyHeads, headWidth, layers] = [16, 48, 2, 1, 8, 2];
  const tokens = tinyTokens();
  const one = (type: GgufType, value: number | string | boolean): GgufValue => ({ type, value });
  const metadata: [string, GgufValue][] = [
    ['general.architecture', one('string', 'gemma3')],
    ['general.type', one('string', 'model')],
    ['general.name', one('string', 'tiny')],
    ['general.file_type', one('u32', 0)],
    ['gemma3.context_length', one('u32', 1024)],
    ['gemma3.embedding_length', one('u32', width)],
    ['gemma3.block_count', one('u32', layers)],
    ['gemma3.feed_forward_length', one('u32', feedForward)],
    ['gemma3.attention.head_count', one('u32', heads)],
    ['gemma3.attention.head_count_kv', one('u32', keyHeads)],
    ['gemma3.attention.key_length', one('u32', headWidth)],
    ['gemma3.attention.value_length', one('u32', headWidth)],
    ['gemma3.attention.layer_norm_rms_epsilon', one('f32', 1e-6)],
    ['gemma3.attention.sliding_window', one('u32', 64)],
    ['gemma3.rope.freq_base', one('f32', 1e6)],
    ['gemma3.rope.scaling.type', one('string', 'linear')],
    ['gemma3.rope.scaling.factor', one('f32', 8)],
    ['tokenizer.ggml.model', one('string', 'llama')],
    ['tokenizer.ggml.pre', one('string', 'default')],
    ['tokenizer.ggml.tokens', { list: 'string', values: tokens.map(({ text }) => text) }],
    ['tokenizer.ggml.scores', { list: 'f32', values: tokens.map((_, id) => -id) }],
    ['tokenizer.ggml.token_type', { list: 'i32', values: tokens.map(({ type }) => type) }],
    ['tokenizer.ggml.bos_token_id', one('u32', 2)],
    ['tokenizer.ggml.eos_token_id', one('u32', 1)],
    ['tokenizer.ggml.unknown_token_id', one('u32', 3)],
    ['tokenizer.ggml.padding_token_id', one('u32', 0)],
    ['tokenizer.ggml.add_bos_token', one('bool', true)],
    ['tokenizer.ggml.add_space_prefix', one('bool', false)],
    ['tokenizer.chat_template', one('string', "{{ raise_exception('never run') }}")],
  ];
  const tensors = textTensors({ layers, width, feedForward, heads, keyHeads, headWidth, vocabulary: tokens.length }, float, float);
  return { magic: 'GGUF', version: 3, metadata, tensors, alignment: 32 };
}

/** A consistent vision part for it: 16 pixels, patches of 4, pooled by 2, 4 soft tokens. */
export function tinyProjectorSpec(textWidth = 16): GgufSpec {
  const shape = { side: 16, patch: 4, width: 8, feedForward: 24, heads: 2, blocks: 2, textWidth };
  const spec = projectorSpec(shape, float);
  return withKey(spec, 'clip.vision.projector.scale_factor', { type: 'u32', value: 2 });
}

/** A spec with one key changed, added, or (null) left out. */
export function withKey(spec: GgufSpec, key: string, value: GgufValue | null): GgufSpec {
  const others = spec.metadata.filter(([name]) => name !== key);
  return { ...spec, metadata: value === null ? others : [...others, [key, value]] };
}

/** A spec with one tensor replaced, added, or (null) left out. */
export function withTensor(spec: GgufSpec, name: string, tensor: GgufTensorSpec | null): GgufSpec {
  const index = spec.tensors.findIndex((candidate) => candidate.name === name);
  if (tensor === null) return { ...spec, tensors: spec.tensors.toSpliced(index, 1) };
  return { ...spec, tensors: index < 0 ? [...spec.tensors, tensor] : spec.tensors.with(index, tensor) };
}

/** 3 control, 2 unknown, 4 user-defined, 6 byte, 1 normal. */
export function tinyTokens(): { text: string; type: number }[] {
  const control = ['<pad>', '<eos>', '<bos>', '<unk>', '<mask>', '<start_of_turn>', '<end_of_turn>', '<start_of_image>', '<end_of_image>'];
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  return [
    ...control.map((text) => ({ text, type: text === '<unk>' ? 2 : 3 })),
    ...['\n', '\n\n'].map((text) => ({ text, type: 4 })),
    ...bytes.map((text) => ({ text, type: 6 })),
    ...['\u2581', ...Array.from('abcdefghijklmnopqrstuvwxyz')].map((text) => ({ text, type: 1 })),
  ];
}
