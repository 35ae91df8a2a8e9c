import type { TextModelShape } from '../../electron/shared/modelShape.ts';
import { float, type TensorOf, textTensors } from './gemmaGguf.ts';
import type { GgufSpec, GgufValue } from './ggufWriter.ts';
import { tinyTextSpec, tinyTokens } from './tinyGemma.ts';
import { tensorOf, trueTextSpec } from './trueShapes.ts';

/** Files of EmbeddingGemma's architecture with random weights: right in shape, useless for search. */

type EmbeddingShape = Omit<TextModelShape, 'globalLayers'> & {
  /** Numbers between the two dense layers; 0 leaves both out. */
  readonly dense: number;
};

/** The released model's. Source: its configuration (config.json, 2_Dense/config.json) as llama.cpp's converter reads it. */
export const embeddingGemma: EmbeddingShape = {
  layers: 24,
  width: 768,
  feedForward: 1152,
  heads: 3,
  keyHeads: 1,
  headWidth: 256,
  window: 512,
  contextLimit: 2048,
  vocabulary: 262_144,
  dense: 3072,
};

/** Small enough to be made in every test, with a window that its texts are longer than. */
export const tinyEmbedding: EmbeddingShape = {
  layers: 7,
  width: 64,
  feedForward: 96,
  heads: 2,
  keyHeads: 1,
  headWidth: 32,
  window: 16,
  contextLimit: 256,
  vocabulary: tinyTokens().length,
  dense: 128,
};

const replaced = new Set(['general.architecture', 'general.name', 'tokenizer.chat_template']);

/** In Q8_0, 330 MB, as it is usually taken. */
export function trueEmbeddingSpec(): GgufSpec {
  return embeddingSpec(embeddingGemma, tensorOf(8));
}

/** Weights in F32 and the vocabulary of the tiny models, or of the released ones' size. */
export function embeddingSpec(shape: EmbeddingShape, matrix: TensorOf = float): GgufSpec {
  const { dense, vocabulary } = shape;
  const base = vocabulary === tinyEmbedding.vocabulary ? tinyTextSpec() : trueTextSpec('270M', 1);
  const number = (value: number): GgufValue => ({ type: 'u32', value });
  const numbers: Readonly<Record<string, number>> = {
    context_length: shape.contextLimit,
    embedding_length: shape.width,
    block_count: shape.layers,
    feed_forward_length: shape.feedForward,
    'attention.head_count': shape.heads,
    'attention.head_count_kv': shape.keyHeads,
    'attention.key_length': shape.headWidth,
    'attention.value_length': shape.headWidth,
    'attention.sliding_window': shape.window,
    pooling_type: 1,
    ...(dense === 0
      ? {}
      : { dense_2_feat_in: shape.width, dense_2_feat_out: dense, dense_3_feat_in: dense, dense_3_feat_out: shape.width }),
  };
  const metadata: (readonly [string, GgufValue])[] = [
    ...base.metadata.filter(([key]) => !key.startsWith('gemma3.') && !replaced.has(key)),
    ['general.architecture', { type: 'string', value: 'gemma-embedding' }],
    ['general.name', { type: 'string', value: 'Random EmbeddingGemma' }],
    ...Object.entries(numbers).map(([key, value]) => [`gemma-embedding.${key}`, number(value)] as const),
    ['gemma-embedding.attention.layer_norm_rms_epsilon', { type: 'f32', value: 1e-6 }],
    ['gemma-embedding.rope.freq_base', { type: 'f32', value: 1e6 }],
    ['tokenizer.ggml.add_eos_token', { type: 'bool', value: true }],
  ];
  const tensors = [
    ...textTensors(shape, matrix, matrix),
    ...(dense === 0 ? [] : [matrix('dense_2.weight', shape.width, dense), matrix('dense_3.weight', dense, shape.width)]),
  ];
  return { magic: 'GGUF', version: 3, metadata, tensors, alignment: 32 };
}
