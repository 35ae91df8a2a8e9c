import { createWriteStream, truncateSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { releasedSizes } from '../../electron/shared/gemmaSizes.ts';
import type { ReleasedSize } from '../../electron/shared/models.ts';
import { type GgufSpec, type GgufTensorSpec, type GgufType, type GgufValue, padded, writeGgufHeader } from './ggufWriter.ts';
import { tinyTextSpec, tinyTokens } from './tinyGemma.ts';

/** Files of the released models' shapes with random weights: right for time and memory, useless for answers. */

const [f32, f16, q4, q8] = [0, 1, 2, 8];
const one = (type: GgufType, value: number | string | boolean): GgufValue => ({ type, value });

export interface ProjectorShape {
  readonly textWidth: number;
  readonly blocks: number;
  /** Pixels of a view's side: 896 in the released files. */
  readonly side: number;
}

/** SigLIP-400M at 14 pixels a patch, in F16: 850 MB with its 27 blocks. */
export function trueProjectorSpec({ textWidth, blocks, side }: ProjectorShape): GgufSpec {
  const [width, feedForward, patch] = [1152, 4304, 14];
  const tensors = [
    tensor('v.patch_embd.weight', f16, patch, patch, 3, width),
    tensor('v.patch_embd.bias', f32, width),
    tensor('v.position_embd.weight', f32, width, (side / patch) ** 2),
    tensor('v.post_ln.weight', f32, width),
    tensor('v.post_ln.bias', f32, width),
    tensor('mm.soft_emb_norm.weight', f32, width),
    tensor('mm.input_projection.weight', f16, textWidth, width),
  ];
  for (let block = 0; block < blocks; block++) {
    const add = (name: string, from: number, to: number): void => {
      tensors.push(tensor(`v.blk.${block}.${name}.weight`, f16, from, to), tensor(`v.blk.${block}.${name}.bias`, f32, to));
    };
    for (const name of ['ln1', 'ln2']) {
      tensors.push(tensor(`v.blk.${block}.${name}.weight`, f32, width), tensor(`v.blk.${block}.${name}.bias`, f32, width));
    }
    for (const name of ['attn_q', 'attn_k', 'attn_v', 'attn_out']) add(name, width, width);
    add('ffn_up', width, feedForward);
    add('ffn_down', feedForward, width);
  }
  const metadata: [string, GgufValue][] = [
    ['general.architecture', one('string', 'clip')],
    ['general.type', one('string', 'mmproj')],
    ['general.file_type', one('u32', 1)],
    ['clip.has_vision_encoder', one('bool', true)],
    ['clip.projector_type', one('string', 'gemma3')],
    ['clip.vision.projection_dim', one('u32', textWidth)],
    ['clip.vision.image_size', one('u32', side)],
    ['clip.vision.patch_size', one('u32', patch)],
    ['clip.vision.embedding_length', one('u32', width)],
    ['clip.vision.feed_forward_length', one('u32', feedForward)],
    ['clip.vision.block_count', one('u32', blocks)],
    ['clip.vision.attention.head_count', one('u32', 16)],
    ['clip.vision.attention.layer_norm_epsilon', one('f32', 1e-6)],
    ['clip.vision.image_mean', { list: 'f32', values: [0.5, 0.5, 0.5] }],
    ['clip.vision.image_std', { list: 'f32', values: [0.5, 0.5, 0.5] }],
    ['clip.use_gelu', one('bool', true)],
  ];
  return { magic: 'GGUF', version: 3, metadata, tensors, alignment: 32 };
}

/** A released size's text model in Q4_0 with its embedding in Q8_0 (2.5 GB for the 4B with its 34 layers), and a vocabulary of made-up words. */
export function trueTextSpec(size: ReleasedSize, layers = releasedSizes[size].layers): GgufSpec {
  const { width, feedForward, heads, keyHeads, headWidth, window, contextLimit, vocabulary } = releasedSizes[size];
  const tokens = [...tinyTokens()];
  while (tokens.length < vocabulary) tokens.push({ text: `word${String(tokens.length)}`, type: 1 });
  const replaced = new Map<string, GgufValue>([
    ['general.name', one('string', `true shape of the ${size}`)],
    ['gemma3.context_length', one('u32', contextLimit)],
    ['gemma3.embedding_length', one('u32', width)],
    ['gemma3.block_count', one('u32', layers)],
    ['gemma3.feed_forward_length', one('u32', feedForward)],
    ['gemma3.attention.head_count', one('u32', heads)],
    ['gemma3.attention.head_count_kv', one('u32', keyHeads)],
    ['gemma3.attention.key_length', one('u32', headWidth)],
    ['gemma3.attention.value_length', one('u32', headWidth)],
    ['gemma3.attention.sliding_window', one('u32', window)],
    ['tokenizer.ggml.tokens', { list: 'string', values: tokens.map(({ text }) => text) }],
    ['tokenizer.ggml.scores', { list: 'f32', values: tokens.map((_, id) => -id) }],
    ['tokenizer.ggml.token_type', { list: 'i32', values: tokens.map(({ type }) => type) }],
  ]);
  const metadata = tinyTextSpec().metadata.map(([key, value]) => [key, replaced.get(key) ?? value] as const);
  const tensors = [tensor('token_embd.weight', q8, width, vocabulary), tensor('output_norm.weight', f32, width)];
  for (let layer = 0; layer < layers; layer++) {
    const add = (name: string, type: number, ...shape: number[]): void => {
      tensors.push(tensor(`blk.${layer}.${name}.weight`, type, ...shape));
    };
    for (const name of ['attn_norm', 'post_attention_norm', 'ffn_norm', 'post_ffw_norm']) add(name, f32, width);
    for (const name of ['attn_q_norm', 'attn_k_norm']) add(name, f32, headWidth);
    add('attn_q', q4, width, heads * headWidth);
    add('attn_k', q4, width, keyHeads * headWidth);
    add('attn_v', q4, width, keyHeads * headWidth);
    add('attn_output', q4, heads * headWidth, width);
    add('ffn_gate', q4, width, feedForward);
    add('ffn_up', q4, width, feedForward);
    add('ffn_down', q4, feedForward, width);
  }
  return { magic: 'GGUF', version: 3, metadata, tensors, alignment: 32 };
}

/** Writes a file with a hole where the weights would be: enough to plan its memory, and it takes hardly any disk. */
export function writeHollow(path: string, spec: GgufSpec): void {
  const header = writeGgufHeader(spec);
  writeFileSync(path, header);
  truncateSync(path, header.length + spec.tensors.reduce((sum, { bytes }) => sum + padded(bytes, spec.alignment), 0));
}

/** Writes a file piece by piece: norms are near one, everything else has the deviation that keeps activations of about one. */
export async function writeRandom(path: string, spec: GgufSpec): Promise<void> {
  const file = createWriteStream(path);
  const put = async (bytes: Uint8Array): Promise<void> => {
    if (!file.write(bytes)) await once(file, 'drain');
  };
  await put(writeGgufHeader(spec));
  const tiles = new Map<string, Buffer>();
  for (const { name, type, shape, bytes } of spec.tensors) {
    const norm = /norm|ln\d|post_ln/u.test(name) && name.endsWith('weight');
    const deviation =
      shape.length === 1 || name.includes('position') ? 0.02 : 1 / Math.sqrt(Number(shape[0]) * (shape.length === 4 ? 588 / 14 : 1));
    const kind = `${String(type)}/${String(norm)}/${String(deviation)}`;
    const tile = tiles.get(kind) ?? randomTile(type, norm ? 1 : 0, norm ? 0.05 : deviation);
    tiles.set(kind, tile);
    for (let left = padded(bytes, spec.alignment); left > 0; left -= tile.length) await put(tile.subarray(0, Math.min(left, tile.length)));
  }
  file.end();
  await once(file, 'finish');
}

/** Its length divides into no row, so that rows differ. */
const tileNumbers = 32 * 32_771;

function randomTile(type: number, mean: number, deviation: number): Buffer {
  let state = 12_345 + type;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const bell = (): number => mean + deviation * Math.sqrt(6) * (uniform() + uniform() - 1);
  if (type === f32) return Buffer.from(Float32Array.from({ length: tileNumbers }, bell).buffer);
  if (type === f16) return Buffer.from(Float16Array.from({ length: tileNumbers }, bell).buffer);
  // Blocks of 32: a scale in half precision, then the numbers in four or eight bits.
  const blockBytes = type === q4 ? 18 : 34;
  const blocks = Buffer.alloc((tileNumbers / 32) * blockBytes);
  const scale = Buffer.from(Float16Array.of(deviation / (type === q4 ? 4.6 : 74)).buffer);
  for (let at = 0; at < blocks.length; at += blockBytes) {
    scale.copy(blocks, at);
    for (let byte = 2; byte < blockBytes; byte++) blocks[at + byte] = Math.floor(uniform() * 256);
  }
  return blocks;
}

/** Numbers and bytes of a block, by type. */
const blocksOf = new Map([
  [f32, [1, 4]],
  [f16, [1, 2]],
  [q4, [32, 18]],
  [q8, [32, 34]],
]);

function tensor(name: string, type: number, ...shape: number[]): GgufTensorSpec {
  const [numbers = 1, bytes = 0] = blocksOf.get(type) ?? [];
  return { name, shape, type, bytes: (shape.reduce((total, side) => total * side, 1) / numbers) * bytes };
}
