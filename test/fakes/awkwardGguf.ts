import { type GgufScalar, type GgufSpec, type GgufType, type GgufValue, writeGgufHeader } from './ggufWriter.ts';
import { withKey } from './tinyGemma.ts';

/** Values that programs stumble over, by type. */
const awkward: Readonly<Partial<Record<GgufType, readonly GgufScalar[]>>> = {
  u32: [
    0,
    1,
    2,
    3,
    5,
    7,
    8,
    16,
    31,
    64,
    100,
    127,
    255,
    256,
    511,
    512,
    513,
    1_000,
    4_096,
    65_535,
    65_536,
    1_048_576,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
  ],
  f32: [
    0,
    -0,
    1e-38,
    1e-12,
    1e-6,
    0.01,
    0.1,
    1,
    2,
    1_000,
    1e6,
    1e12,
    1e38,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ],
  bool: [true, false],
  string: ['', 'none', 'linear', 'yarn', 'longrope', 'x'.repeat(70_000), '\u0000', '{{ 1 / 0 }}'],
};

/** Keys that other models have and llama.cpp reads. */
const foreign: readonly (readonly [string, GgufType])[] = [
  ['gemma3.expert_count', 'u32'],
  ['gemma3.rope.dimension_count', 'u32'],
  ['gemma3.rope.scaling.original_context_length', 'u32'],
  ['gemma3.rope.freq_base_swa', 'f32'],
  ['gemma3.attention.sliding_window_pattern', 'u32'],
  ['gemma3.attention.scale', 'f32'],
  ['gemma3.attention.key_length_swa', 'u32'],
  ['gemma3.attention.shared_kv_layers', 'u32'],
  ['gemma3.attention.layer_norm_epsilon', 'f32'],
  ['gemma3.attention.group_norm_groups', 'u32'],
  ['gemma3.attention.causal', 'bool'],
  ['gemma3.attn_logit_softcapping', 'f32'],
  ['gemma3.final_logit_softcapping', 'f32'],
  ['gemma3.logit_scale', 'f32'],
  ['gemma3.embedding_scale', 'f32'],
  ['gemma3.residual_scale', 'f32'],
  ['gemma3.vocab_size', 'u32'],
  ['gemma3.leading_dense_block_count', 'u32'],
  ['gemma3.use_parallel_residual', 'bool'],
  ['gemma3.tensor_data_layout', 'string'],
  ['gemma3.ssm.state_size', 'u32'],
  ['gemma3.pooling_type', 'u32'],
  ['general.quantization_version', 'u32'],
  ['tokenizer.ggml.token_type_count', 'u32'],
  ['tokenizer.ggml.add_bos_token', 'bool'],
  ['tokenizer.ggml.add_eos_token', 'bool'],
  ['tokenizer.ggml.add_sep_token', 'bool'],
  ['tokenizer.ggml.add_space_prefix', 'bool'],
  ['tokenizer.ggml.remove_extra_whitespaces', 'bool'],
  ['tokenizer.ggml.precompiled_charsmap', 'string'],
  ['tokenizer.ggml.eot_token_id', 'u32'],
  ['tokenizer.ggml.eom_token_id', 'u32'],
  ['tokenizer.ggml.fim_pre_token_id', 'u32'],
  ['tokenizer.ggml.mask_token_id', 'u32'],
  ['tokenizer.ggml.suppress_tokens', 'u32'],
  ['tokenizer.chat_template', 'string'],
  ['clip.vision.spatial_merge_size', 'u32'],
  ['clip.vision.image_min_pixels', 'u32'],
  ['clip.vision.image_max_pixels', 'u32'],
  ['clip.vision.preproc_image_size', 'u32'],
  ['clip.vision.attention.head_count_kv', 'u32'],
  ['clip.vision.attention.head_dim', 'u32'],
  ['clip.vision.projector.scale_factor', 'u32'],
  ['clip.vision.mm_patch_merge_type', 'string'],
  ['clip.use_silu', 'bool'],
  ['clip.has_llava_projector', 'bool'],
  ['clip.minicpmv_version', 'i32'],
];

/** The spec with each of its scalar keys, and each key that other models of its kind have, at each awkward value of its type, and without it. */
export function awkwardSpecs(spec: GgufSpec): readonly (readonly [name: string, spec: GgufSpec])[] {
  const own = spec.metadata.flatMap(([key, value]) => ('type' in value ? [[key, value.type] as const] : []));
  const isProjector = own.some(([key]) => key.startsWith('clip.'));
  const keys = new Map([...foreign.filter(([key]) => key.startsWith('clip.') === isProjector), ...own]);
  const changed = [...keys].flatMap(([key, type]) =>
    (awkward[type] ?? [0, 1, -1]).map((value) => [`${key} = ${String(value).slice(0, 20)}`, withKey(spec, key, { type, value })] as const),
  );
  return [...changed, ...spec.metadata.map(([key]) => [`no ${key}`, withKey(spec, key, null)] as const), ...awkwardLists(spec)];
}

/** Lists with one entry changed: scores that are no numbers, token types and texts that make no sense. */
function awkwardLists(spec: GgufSpec): readonly (readonly [string, GgufSpec])[] {
  return spec.metadata.flatMap(([key, value]) => {
    if (!('list' in value)) return [];
    const values = awkward[value.list === 'i32' ? 'u32' : value.list] ?? [];
    const places = [0, 1, Math.floor(value.values.length / 2), value.values.length - 1];
    return places.flatMap((at) =>
      values.map((one): readonly [string, GgufSpec] => {
        const list: GgufValue = { list: value.list, values: value.values.with(at, one) };
        return [`${key}[${at}] = ${String(one).slice(0, 20)}`, withKey(spec, key, list)];
      }),
    );
  });
}

/** Headers with one to three bytes or 32-bit numbers changed at random, the same ones each time. */
export function* scrambledFiles(spec: GgufSpec, data: Buffer, count: number): Iterable<readonly [string, Buffer]> {
  const header = writeGgufHeader(spec);
  let state = 20_261_129;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let index = 0; index < count; index++) {
    const changed = Buffer.from(header);
    const told: string[] = [];
    for (let change = below(3); change >= 0; change--) {
      const at = below(changed.length - 4);
      const value = below(256);
      if (below(2) === 0) changed[at] = value;
      else changed.writeUInt32LE(value, at);
      told.push(`${at}:${value}`);
    }
    yield [`#${index} ${told.join(' ')}`, Buffer.concat([changed, data])];
  }
}
