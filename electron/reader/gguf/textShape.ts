import type { TextModelShape } from '../../shared/modelShape.ts';
import { require } from './ggufFault.ts';
import type { Metadata } from './metadata.ts';
import { optionalFlag, optionalReal, optionalText, optionalWhole, real, requireAbsent, whole } from './metadataReaders.ts';

/** llama.cpp's LLAMA_MAX_LAYERS; more of them end the process. */
const maximumLayers = 512;
type KeyOf = (key: string) => string;

/** Local layers between two global ones, plus one. */
const defaultPattern = 6;

/** The architectures whose layers are a Gemma 3's. */
export type TextArchitecture = 'gemma3' | 'gemma-embedding';

/** The hyper-parameters of a Gemma 3 text model, each in range and consistent with the others. */
export interface TextShape extends Omit<TextModelShape, 'vocabulary'> {
  readonly ropeBase: number;
  readonly ropeFactor: number;
}

/**
 * Reads and checks them. The ranges are the values that llama.cpp survives: head counts that do not divide, an eps that is negative or NaN, too many layers,
 * an absurd window, an unknown RoPE scaling and the like abort the process or load silently wrong. @throws GgufFault
 */
export function readTextShape(metadata: Metadata, architecture: TextArchitecture): TextShape {
  const keyOf = (key: string): string => `${architecture}.${key}`;
  const count = (key: string, most: number): number => whole(metadata, keyOf(key), { least: 1, most });
  const layers = count('block_count', maximumLayers);
  const window = optionalWhole(metadata, keyOf('attention.sliding_window'), { least: 0, most: 1_048_576 }) ?? 0;
  const shape: TextShape = {
    layers,
    globalLayers: readGlobalLayers(metadata, keyOf('attention.sliding_window_pattern'), layers, window),
    width: count('embedding_length', 65_536),
    feedForward: count('feed_forward_length', 1_048_576),
    heads: count('attention.head_count', 1_024),
    keyHeads: count('attention.head_count_kv', 1_024),
    headWidth: count('attention.key_length', 1_024),
    window,
    contextLimit: whole(metadata, keyOf('context_length'), { least: 256, most: 1_048_576 }),
    ropeBase: optionalReal(metadata, keyOf('rope.freq_base'), { least: 1, most: 1e12 }) ?? 10_000,
    ropeFactor: readRopeFactor(metadata, keyOf),
  };
  real(metadata, keyOf('attention.layer_norm_rms_epsilon'), { least: 1e-12, most: 0.1 });
  optionalReal(metadata, keyOf('rope.freq_base_swa'), { least: 1, most: 1e12 });
  optionalReal(metadata, keyOf('final_logit_softcapping'), { least: 0, most: 1_000 });
  requireHeads(metadata, keyOf, shape);
  const causal = optionalFlag(metadata, keyOf('attention.causal'));
  require(causal === null || causal === (architecture === 'gemma3'), 'foreign-feature', architecture === 'gemma3'
    ? 'This is an embedding model, not one that writes.'
    : 'It does not attend both ways, as a search model has to.');
  requireAbsent(metadata, (architecture === 'gemma3' ? [...foreignKeys, 'pooling_type'] : foreignKeys).map(keyOf));
  return shape;
}

/** Read by llama.cpp for every architecture and fatal or meaningless in this one. */
const foreignKeys = [
  'expert_count',
  'expert_used_count',
  'expert_group_count',
  'expert_group_used_count',
  'nextn_predict_layers',
  'embedding_length_out',
  'rope.scaling.attn_factor',
  'attention.max_alibi_bias',
  'attention.clamp_kqv',
];

function requireHeads(metadata: Metadata, keyOf: KeyOf, { heads, keyHeads, headWidth, width }: TextShape): void {
  require(heads % keyHeads === 0, 'bad-heads', `${heads} heads cannot share ${keyHeads} key heads.`);
  require(headWidth % 2 === 0, 'bad-heads', `A head of ${headWidth} values cannot be rotated.`);
  require(width >= heads, 'bad-heads', `There are more heads (${heads}) than values in a row (${width}).`);
  const same = [
    'attention.value_length',
    'attention.key_length_swa',
    'attention.value_length_swa',
    'rope.dimension_count',
    'rope.dimension_count_swa',
  ];
  for (const key of same) {
    const value = optionalWhole(metadata, keyOf(key), { least: 1, most: 1_024 });
    // Without it llama.cpp divides the width by the heads, which is another number in every Gemma 3.
    const absentIsFine = key !== 'attention.value_length' || width / heads === headWidth;
    require(value === headWidth ||
      (value === null && absentIsFine), 'bad-heads', `The key ${keyOf(key)} does not match heads of ${headWidth} values.`);
  }
}

/** Layers that see the whole context. llama.cpp asserts that a model with a window has a local layer. */
function readGlobalLayers(metadata: Metadata, key: string, layers: number, window: number): number {
  const pattern = metadata.get(key);
  if (window === 0) {
    require(pattern === undefined, 'bad-window', 'The file has a pattern of local layers and no window for them.');
    return layers;
  }
  if (pattern?.kind === 'array') {
    require(pattern.type === 'bool' && pattern.values.length === layers, 'bad-window', `The key ${key} does not have one entry per layer.`);
    require(pattern.values.includes(true), 'bad-window', 'The file has a sliding window and no layer that uses it.');
    return pattern.values.filter((local) => local === false).length;
  }
  const period = optionalWhole(metadata, key, { least: 2, most: maximumLayers }) ?? defaultPattern;
  require(period >= 2, 'bad-window', 'The file has a sliding window and no layer that uses it.');
  return Math.floor(layers / period);
}

function readRopeFactor(metadata: Metadata, keyOf: KeyOf): number {
  const type = optionalText(metadata, keyOf('rope.scaling.type')) ?? 'linear';
  require(['none', 'linear', 'yarn'].includes(type), 'bad-rope', `The RoPE scaling "${type.slice(0, 40)}" is not one Gemma 3 has.`);
  const range = { least: 0, most: 1_024 };
  const factor =
    optionalReal(metadata, keyOf('rope.scaling.factor'), range) ?? optionalReal(metadata, keyOf('rope.scale_linear'), range) ?? 1;
  require(factor === 0 || factor >= 0.01, 'bad-rope', `The RoPE factor ${factor} is not usable.`);
  optionalWhole(metadata, keyOf('rope.scaling.original_context_length'), { least: 1, most: 1_048_576 });
  optionalFlag(metadata, keyOf('rope.scaling.finetuned'));
  // llama.cpp takes 0 for "no scaling".
  return factor === 0 ? 1 : factor;
}
