import { createWriteStream, truncateSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { releasedSizes } from '../../electron/shared/gemmaSizes.ts';
import type { ReleasedSize } from '../../electron/shared/models.ts';
import { type EncoderShape, projectorSpec, type TensorOf, textTensors } from './gemmaGguf.ts';
import { type GgufSpec, type GgufType, type GgufValue, padded, writeGgufHeader } from './ggufWriter.ts';
import { tinyTextSpec, tinyTokens } from './tinyGemma.ts';

/** Files of the released models' shapes with random weights: right for time and memory, useless for answers. */

const [f32, f16, q4, q8] = [0, 1, 2, 8];
const one = (type: GgufType, value: number | string | boolean): GgufValue => ({ type, value });

/** SigLIP-400M at 14 pixels a patch, in F16: 850 MB with its 27 blocks at the released files' 896 pixels a side. */
export function trueProjectorSpec(shape: Pick<EncoderShape, 'textWidth' | 'blocks' | 'side'>): GgufSpec {
  return projectorSpec({ ...shape, patch: 14, width: 1152, feedForward: 4304, heads: 16 }, tensorOf(f16));
}

/** A released size's text model in Q4_0 with its embedding in Q8_0 (2.5 GB for the 4B with its 34 layers), and a vocabulary of made-up words. */
export function trueTextSpec(size: ReleasedSize, layers = releasedSizes[size].layers): GgufSpec {
  const { width, feedForward, heads, keyHeads, headWidth, window, contextLimit, vocabulary } = releasedSizes[size];
  const tokens = trueVocabulary(vocabulary);
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
  const tensors = textTensors({ ...releasedSizes[size], layers }, tensorOf(q4), tensorOf(q8));
  return { magic: 'GGUF', version: 3, metadata, tensors, alignment: 32 };
}

/** Where Gemma's vocabulary has what a prompt is framed with. */
const placed = new Map([
  ['<start_of_turn>', 105],
  ['<end_of_turn>', 106],
  ['\n', 107],
  ['\n\n', 108],
  ['<start_of_image>', 255_999],
  ['<end_of_image>', 256_000],
]);

function trueVocabulary(length: number): { text: string; type: number }[] {
  const tokens = Array.from({ length }, (_, id) => ({ text: `word${String(id)}`, type: 1 }));
  const taken = new Set(placed.values());
  let next = 0;
  for (const token of tinyTokens()) {
    while (taken.has(next)) next += 1;
    tokens[placed.get(token.text) ?? next++] = token;
  }
  return tokens;
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

/** Makes tensors of one of ggml's types: 0 F32, 1 F16, 2 Q4_0, 8 Q8_0. */
export function tensorOf(type: number): TensorOf {
  const [numbers = 1, bytes = 0] = blocksOf.get(type) ?? [];
  return (name, ...shape) => ({ name, shape, type, bytes: (shape.reduce((total, side) => total * side, 1) / numbers) * bytes });
}
