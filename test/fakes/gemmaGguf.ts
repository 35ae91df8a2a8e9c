import type { TextModelShape } from '../../electron/shared/modelShape.ts';
import type { GgufSpec, GgufTensorSpec, GgufType, GgufValue } from './ggufWriter.ts';

// The tensors and keys of a Gemma 3 and its image encoder, for any shape.

/** Makes one tensor of a certain type. */
export type TensorOf = (name: string, ...shape: number[]) => GgufTensorSpec;

const one = (type: GgufType, value: number | string | boolean): GgufValue => ({ type, value });

/** The tensors of a text model: its matrices by `matrix`, its embedding by `embedding`, its norms in F32. */
export function textTensors(
  shape: Omit<TextModelShape, 'globalLayers' | 'window' | 'contextLimit'>,
  matrix: TensorOf,
  embedding: TensorOf,
): GgufTensorSpec[] {
  const { layers, width, feedForward, heads, keyHeads, headWidth, vocabulary } = shape;
  const block = (layer: number): readonly GgufTensorSpec[] => {
    const weight = (make: TensorOf, name: string, ...sides: number[]): GgufTensorSpec => make(`blk.${layer}.${name}.weight`, ...sides);
    return [
      weight(float, 'attn_norm', width),
      weight(matrix, 'attn_q', width, heads * headWidth),
      weight(matrix, 'attn_k', width, keyHeads * headWidth),
      weight(matrix, 'attn_v', width, keyHeads * headWidth),
      weight(matrix, 'attn_output', heads * headWidth, width),
      weight(float, 'attn_q_norm', headWidth),
      weight(float, 'attn_k_norm', headWidth),
      weight(float, 'post_attention_norm', width),
      weight(float, 'ffn_norm', width),
      weight(matrix, 'ffn_gate', width, feedForward),
      weight(matrix, 'ffn_up', width, feedForward),
      weight(matrix, 'ffn_down', feedForward, width),
      weight(float, 'post_ffw_norm', width),
    ];
  };
  return [
    embedding('token_embd.weight', width, vocabulary),
    float('output_norm.weight', width),
    ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
  ];
}

export interface EncoderShape {
  /** Pixels of a picture's side, and of a patch's. */
  readonly side: number;
  readonly patch: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly blocks: number;
  /** Of the text model that it belongs to. */
  readonly textWidth: number;
}

/** A projector with its matrices by `matrix` and everything else in F32. */
export function projectorSpec({ side, patch, width, feedForward, heads, blocks, textWidth }: EncoderShape, matrix: TensorOf): GgufSpec {
  const tensors = [
    matrix('v.patch_embd.weight', patch, patch, 3, width),
    float('v.patch_embd.bias', width),
    float('v.position_embd.weight', width, (side / patch) ** 2),
    float('v.post_ln.weight', width),
    float('v.post_ln.bias', width),
    float('mm.soft_emb_norm.weight', width),
    matrix('mm.input_projection.weight', textWidth, width),
  ];
  for (let block = 0; block < blocks; block++) {
    const add = (weight: TensorOf, name: string, ...shape: number[]): void => {
      tensors.push(weight(`v.blk.${block}.${name}.weight`, ...shape), float(`v.blk.${block}.${name}.bias`, shape.at(-1) ?? 0));
    };
    for (const name of ['ln1', 'ln2']) add(float, name, width);
    for (const name of ['attn_q', 'attn_k', 'attn_v', 'attn_out']) add(matrix, name, width, width);
    add(matrix, 'ffn_up', width, feedForward);
    add(matrix, 'ffn_down', feedForward, width);
  }
  const numbers = {
    projection_dim: textWidth,
    image_size: side,
    patch_size: patch,
    embedding_length: width,
    feed_forward_length: feedForward,
    block_count: blocks,
    'attention.head_count': heads,
  };
  const metadata: [string, GgufValue][] = [
    ['general.architecture', one('string', 'clip')],
    ['general.type', one('string', 'mmproj')],
    // 0 is F32, 1 is F16.
    ['general.file_type', one('u32', matrix('', 1).type)],
    ['clip.has_vision_encoder', one('bool', true)],
    ['clip.projector_type', one('string', 'gemma3')],
    ...Object.entries(numbers).map(([key, value]): [string, GgufValue] => [`clip.vision.${key}`, one('u32', value)]),
    ['clip.vision.attention.layer_norm_epsilon', one('f32', 1e-6)],
    ['clip.vision.image_mean', { list: 'f32', values: [0.5, 0.5, 0.5] }],
    ['clip.vision.image_std', { list: 'f32', values: [0.5, 0.5, 0.5] }],
    ['clip.use_gelu', one('bool', true)],
  ];
  return { magic: 'GGUF', version: 3, metadata, tensors, alignment: 32 };
}

/** An F32 tensor. */
export function float(name: string, ...shape: number[]): GgufTensorSpec {
  return { name, shape, type: 0, bytes: 4 * shape.reduce((total, size) => total * size, 1) };
}
