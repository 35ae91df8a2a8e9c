import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { releasedSizes } from '../../electron/shared/gemmaSizes.ts';
import type { ReleasedSize } from '../../electron/shared/models.ts';
import type { GgufTensorSpec } from './ggufWriter.ts';
import { writeGguf } from './ggufWriter.ts';
import { tinyTextSpec, tinyTokens, withKey } from './tinyGemma.ts';

/** ggml's types: number, and bytes per block of numbers. */
const f32 = { type: 0, block: 1, bytes: 4 };
const q4 = { type: 2, block: 32, bytes: 18 };
const q8 = { type: 8, block: 32, bytes: 34 };
const alignment = 32;

/** Writes a Q4_0 file of a released size with a hole where the weights would be: enough to plan its memory, and it takes hardly any disk. */
export function writeTrueShape(size: ReleasedSize, path: string): void {
  let end = 0;
  const tensors = tensorsOf(size).map((tensor) => {
    const offset = BigInt(end);
    end += Math.ceil(tensor.bytes / alignment) * alignment;
    return { ...tensor, offset, bytes: 0 };
  });
  const file = openSync(path, 'w');
  try {
    const header = writeGguf({ magic: 'GGUF', version: 3, metadata: metadataOf(size), tensors, alignment });
    writeSync(file, header);
    ftruncateSync(file, header.length + end);
  } finally {
    closeSync(file);
  }
}

function metadataOf(size: ReleasedSize): ReturnType<typeof tinyTextSpec>['metadata'] {
  const shape = releasedSizes[size];
  const numbers = {
    context_length: shape.contextLimit,
    embedding_length: shape.width,
    block_count: shape.layers,
    feed_forward_length: shape.feedForward,
    'attention.head_count': shape.heads,
    'attention.head_count_kv': shape.keyHeads,
    'attention.key_length': shape.headWidth,
    'attention.value_length': shape.headWidth,
    'attention.sliding_window': shape.window,
  };
  let spec = tinyTextSpec();
  for (const [key, value] of Object.entries(numbers)) spec = withKey(spec, `gemma3.${key}`, { type: 'u32', value });
  const named = tinyTokens();
  const tokens = [
    ...named,
    ...Array.from({ length: shape.vocabulary - named.length }, (_, index) => ({ text: `t${String(index)}`, type: 1 })),
  ];
  spec = withKey(spec, 'tokenizer.ggml.tokens', { list: 'string', values: tokens.map(({ text }) => text) });
  spec = withKey(spec, 'tokenizer.ggml.scores', { list: 'f32', values: tokens.map((_, id) => -id) });
  return withKey(spec, 'tokenizer.ggml.token_type', { list: 'i32', values: tokens.map(({ type }) => type) }).metadata;
}

function tensorsOf(size: ReleasedSize): readonly GgufTensorSpec[] {
  const { layers, width, feedForward, heads, keyHeads, headWidth, vocabulary } = releasedSizes[size];
  const tensor = (name: string, { type, block, bytes }: typeof f32, ...shape: number[]): GgufTensorSpec => ({
    name: `${name}.weight`,
    shape,
    type,
    bytes: (shape.reduce((product, side) => product * side, 1) / block) * bytes,
  });
  const perLayer = (layer: number): readonly GgufTensorSpec[] => [
    ...['attn_norm', 'post_attention_norm', 'ffn_norm', 'post_ffw_norm'].map((name) => tensor(`blk.${String(layer)}.${name}`, f32, width)),
    ...['attn_q_norm', 'attn_k_norm'].map((name) => tensor(`blk.${String(layer)}.${name}`, f32, headWidth)),
    tensor(`blk.${String(layer)}.attn_q`, q4, width, heads * headWidth),
    ...['attn_k', 'attn_v'].map((name) => tensor(`blk.${String(layer)}.${name}`, q4, width, keyHeads * headWidth)),
    tensor(`blk.${String(layer)}.attn_output`, q4, heads * headWidth, width),
    ...['ffn_gate', 'ffn_up'].map((name) => tensor(`blk.${String(layer)}.${name}`, q4, width, feedForward)),
    tensor(`blk.${String(layer)}.ffn_down`, q4, feedForward, width),
  ];
  return [
    tensor('token_embd', q8, width, vocabulary),
    tensor('output_norm', f32, width),
    ...Array.from({ length: layers }, (_, layer) => perLayer(layer)).flat(),
  ];
}
