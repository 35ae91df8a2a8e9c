import type { ModelFacts } from '../../shared/models.ts';
import { type ExpectedTensor, requireTensors } from './expectedTensors.ts';
import { GgufFault, require } from './ggufFault.ts';
import type { GgufFile } from './ggufFile.ts';
import { seeingWidths } from './knownSizes.ts';
import type { Metadata } from './metadata.ts';
import { list, optionalFlag, optionalText, optionalWhole, real, requireAbsent, whole } from './metadataReaders.ts';
import { tensorBytes } from './tensorTable.ts';
import { nameQuantisation } from './tensorTypes.ts';

interface VisionShape {
  readonly imageSize: number;
  readonly patchSize: number;
  readonly width: number;
  readonly feedForward: number;
  readonly layers: number;
  readonly heads: number;
  /** Patches per side that become one soft token. */
  readonly pooling: number;
}

/** SigLIP So400m/14 at 896 pixels, the encoder of every released size. */
const released: VisionShape = { imageSize: 896, patchSize: 14, width: 1152, feedForward: 4304, layers: 27, heads: 16, pooling: 4 };
/** Patches per picture: the attention of the encoder grows with its square. */
const maximumPatches = 16_384;

/** Checks the vision part of a Gemma 3. @throws GgufFault */
export function checkProjector({ metadata, tensors }: GgufFile): { readonly facts: ModelFacts; readonly warnings: readonly string[] } {
  const kind = optionalText(metadata, 'clip.projector_type') ?? optionalText(metadata, 'clip.vision.projector_type') ?? '';
  require(kind === 'gemma3', 'not-gemma3', `Facet runs Gemma 3; this is a vision part for "${kind.slice(0, 40)}".`);
  require(optionalFlag(metadata, 'clip.has_vision_encoder') === true, 'bad-projector', 'The file has no vision encoder.');
  requireAbsent(metadata, ['clip.has_audio_encoder', 'clip.has_gen_audio_encoder', 'clip.use_silu', ...foreignKeys]);
  // Without it another activation is used, and every picture is misread without an error.
  require(optionalFlag(metadata, 'clip.use_gelu') ===
    true, 'bad-projector', 'The key clip.use_gelu is not set; pictures would be misread.');
  const shape = readVisionShape(metadata);
  const projection = tensors.get('mm.input_projection.weight');
  if (projection === undefined) throw new GgufFault('missing-tensor', 'The tensor mm.input_projection.weight is missing.');
  const textWidth = projection.shape[0] ?? 0;
  const declared = whole(metadata, 'clip.vision.projection_dim', { least: 1, most: 65_536 });
  require(declared === textWidth, 'bad-projector', `The file promises ${declared} values a token and gives ${textWidth}.`);
  requireTensors(tensors, visionTensors(shape, textWidth));
  const known =
    (Object.keys(released) as (keyof VisionShape)[]).every((key) => shape[key] === released[key]) && seeingWidths.includes(textWidth);
  const side = shape.imageSize / shape.patchSize / shape.pooling;
  const facts: ModelFacts = {
    size: ({ 2560: '4B', 3840: '12B', 5376: '27B' }[known ? textWidth : 0] as ModelFacts['size'] | undefined) ?? 'custom',
    name: optionalText(metadata, 'general.name')?.slice(0, 120) ?? '',
    quantisation: nameQuantisation(optionalWhole(metadata, 'general.file_type', { least: 0, most: 0xffff_ffff }), tensors.values()),
    contextLimit: 0,
    layers: shape.layers,
    embeddingLength: textWidth,
    hasChatTemplate: false,
    imageSize: shape.imageSize,
    imageTokens: side * side,
    tensorBytes: tensorBytes(tensors),
    shape: {
      kind: 'projector',
      vision: { patches: (shape.imageSize / shape.patchSize) ** 2, width: shape.width, feedForward: shape.feedForward },
    },
  };
  return { facts, warnings: known ? [] : ['This vision part is not one of the known sizes of Gemma 3.'] };
}

/** Options of other encoders that change this one's graph. */
const foreignKeys = ['feature_layer', 'image_grid_pinpoints', 'n_wa_pattern', 'wa_layer_indexes', 'window_size', 'expert_used_count'].map(
  (key) => `clip.vision.${key}`,
);

function readVisionShape(metadata: Metadata): VisionShape {
  const count = (key: string, most: number): number => whole(metadata, `clip.vision.${key}`, { least: 1, most });
  const shape: VisionShape = {
    imageSize: count('image_size', 4_096),
    patchSize: count('patch_size', 256),
    width: count('embedding_length', 16_384),
    feedForward: count('feed_forward_length', 131_072),
    layers: count('block_count', 512),
    heads: count('attention.head_count', 512),
    pooling: optionalWhole(metadata, 'clip.vision.projector.scale_factor', { least: 1, most: 64 }) ?? released.pooling,
  };
  const { imageSize, patchSize, width, feedForward, heads, pooling } = shape;
  const side = imageSize / patchSize;
  require(Number.isInteger(side), 'bad-projector', `A picture of ${imageSize} pixels cannot be cut into patches of ${patchSize}.`);
  require(side % pooling === 0, 'bad-projector', `${side} patches a side cannot be pooled by ${pooling}.`);
  require(side * side <= maximumPatches, 'bad-projector', `${side * side} patches a picture are too many.`);
  require(width % heads === 0, 'bad-heads', `${width} values cannot be shared by ${heads} heads.`);
  // llama.cpp tells the two feed-forward matrices apart by their shapes.
  require(feedForward !== width, 'bad-projector', 'The feed-forward width equals the width of the encoder.');
  for (const key of ['attention.head_count_kv', 'attention.head_dim']) {
    const value = optionalWhole(metadata, `clip.vision.${key}`, { least: 1, most: 16_384 });
    const expected = key === 'attention.head_dim' ? width / heads : heads;
    require(value === null || value === expected, 'bad-heads', `The key clip.vision.${key} does not match the other sizes.`);
  }
  real(metadata, 'clip.vision.attention.layer_norm_epsilon', { least: 1e-12, most: 0.1 });
  requireColours(metadata);
  return shape;
}

function requireColours(metadata: Metadata): void {
  const mean = list(metadata, 'clip.vision.image_mean', 'f32') as readonly number[];
  const deviation = list(metadata, 'clip.vision.image_std', 'f32') as readonly number[];
  const usable = mean.length === 3 && deviation.length === 3 && mean.every((value) => Number.isFinite(value) && Math.abs(value) <= 1);
  require(usable &&
    deviation.every((value) => value >= 0.01 && value <= 10), 'bad-projector', 'The colour mean and deviation are not usable.');
}

function visionTensors(shape: VisionShape, textWidth: number): ReadonlyMap<string, ExpectedTensor> {
  const { width, feedForward, patchSize } = shape;
  const side = shape.imageSize / shape.patchSize;
  const norm = (...sizes: number[]): ExpectedTensor => ({ shape: sizes, storage: 'norm' });
  const weight = (...sizes: number[]): ExpectedTensor => ({ shape: sizes, storage: 'weight' });
  const half = (...sizes: number[]): ExpectedTensor => ({ shape: sizes, storage: 'half' });
  const expected = new Map<string, ExpectedTensor>([
    ['v.patch_embd.weight', half(patchSize, patchSize, 3, width)],
    ['v.patch_embd.bias', norm(width)],
    ['v.position_embd.weight', norm(width, side * side)],
    ['v.post_ln.weight', norm(width)],
    ['v.post_ln.bias', norm(width)],
    ['mm.soft_emb_norm.weight', norm(width)],
    ['mm.input_projection.weight', half(textWidth, width)],
  ]);
  for (let layer = 0; layer < shape.layers; layer++) {
    const add = (name: string, matrix: ExpectedTensor, bias: number): void => {
      expected.set(`v.blk.${layer}.${name}.weight`, matrix);
      expected.set(`v.blk.${layer}.${name}.bias`, norm(bias));
    };
    for (const name of ['ln1', 'ln2']) add(name, norm(width), width);
    for (const name of ['attn_q', 'attn_k', 'attn_v', 'attn_out']) add(name, weight(width, width), width);
    add('ffn_up', weight(width, feedForward), feedForward);
    add('ffn_down', weight(feedForward, width), width);
  }
  return expected;
}
