import { GgufFault, require } from './ggufFault.ts';
import type { Metadata } from './metadata.ts';
import { list, optionalFlag, optionalText, optionalWhole, whole } from './metadataReaders.ts';

/** Values of tokenizer.ggml.token_type. */
const controlType = 3;
const byteType = 6;
const lastType = 6;

/** Rows of the smallest real vocabulary. From here on the ids of the turn markers are fixed. */
const realVocabularySize = 262_144;
const realIds: ReadonlyMap<string, number> = new Map([
  ['<bos>', 2],
  ['<start_of_turn>', 105],
  ['<end_of_turn>', 106],
]);

export interface Vocabulary {
  readonly size: number;
  readonly warnings: readonly string[];
}

/**
 * Checks the tokenizer. Duplicates abort llama.cpp, short lists read past their end, a missing byte token throws at the first odd character, and turn
 * markers that are not control tokens load silently and are then spelled in letters. Own small vocabularies only need the same tokens, anywhere.
 * @throws GgufFault
 */
export function checkVocabulary(metadata: Metadata): Vocabulary {
  const model = optionalText(metadata, 'tokenizer.ggml.model');
  require(model ===
    'llama', 'bad-tokenizer', `The tokenizer is "${model?.slice(0, 40) ?? ''}"; Gemma 3 has a SentencePiece one ("llama").`);
  optionalText(metadata, 'tokenizer.ggml.pre');
  const tokens = list(metadata, 'tokenizer.ggml.tokens', 'string') as readonly string[];
  const scores = list(metadata, 'tokenizer.ggml.scores', 'f32') as readonly number[];
  const types = list(metadata, 'tokenizer.ggml.token_type', 'i32') as readonly number[];
  require(scores.length === tokens.length, 'bad-vocabulary', `There are ${tokens.length} tokens and ${scores.length} scores.`);
  require(types.length === tokens.length, 'bad-vocabulary', `There are ${tokens.length} tokens and ${types.length} token types.`);
  require(!scores.some(Number.isNaN), 'bad-vocabulary', 'A token has no score (NaN).');
  require(types.every((type) => type >= 1 && type <= lastType), 'bad-vocabulary', 'A token has an unknown type.');
  const ids = indexTokens(tokens);
  requireByteTokens(ids, types);
  requireControlTokens(ids, types);
  return { size: tokens.length, warnings: [...requireSpecialIds(metadata, ids, tokens.length), ...spacePrefixWarning(metadata)] };
}

function indexTokens(tokens: readonly string[]): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (let id = 0; id < tokens.length; id++) {
    const token = tokens[id] ?? '';
    if (token === '') throw new GgufFault('bad-vocabulary', `The token ${id} is empty.`);
    const first = ids.get(token);
    if (first !== undefined) throw new GgufFault('duplicate-token', `The tokens ${first} and ${id} are the same.`);
    ids.set(token, id);
  }
  return ids;
}

function requireByteTokens(ids: ReadonlyMap<string, number>, types: readonly number[]): void {
  for (let byte = 0; byte < 256; byte++) {
    const name = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
    const id = ids.get(name);
    require(id !== undefined && types[id] === byteType, 'missing-byte-token', `The byte token ${name} is missing.`);
  }
}

function requireControlTokens(ids: ReadonlyMap<string, number>, types: readonly number[]): void {
  for (const [token, realId] of realIds) {
    const id = ids.get(token);
    if (id === undefined) throw new GgufFault('missing-control-token', `The token ${token} is missing.`);
    const placed = types.length < realVocabularySize || id === realId;
    require(placed, 'missing-control-token', `The token ${token} is number ${id} instead of ${realId}.`);
    const why = 'conversations would be spelled out in letters. Some early uploads have this fault; get another file.';
    require(types[id] === controlType, 'wrong-token-type', `The token ${token} is not marked as a control token: ${why}`);
  }
}

/** llama.cpp replaces ids that are out of range by its own defaults, which are other tokens here. */
function requireSpecialIds(metadata: Metadata, ids: ReadonlyMap<string, number>, size: number): readonly string[] {
  const range = { least: 0, most: size - 1 };
  const bos = whole(metadata, 'tokenizer.ggml.bos_token_id', range);
  require(bos === ids.get('<bos>'), 'bad-special-token', `The text start token is number ${bos}, which is not <bos>.`);
  const eos = whole(metadata, 'tokenizer.ggml.eos_token_id', range);
  const ends = eos === ids.get('<eos>') || eos === ids.get('<end_of_turn>');
  require(ends, 'bad-special-token', `The text end token is number ${eos}, which is neither <eos> nor <end_of_turn>.`);
  for (const name of ['unknown', 'padding', 'eot', 'mask', 'seperator']) optionalWhole(metadata, `tokenizer.ggml.${name}_token_id`, range);
  return [];
}

function spacePrefixWarning(metadata: Metadata): readonly string[] {
  // The library's default is true.
  const adds = optionalFlag(metadata, 'tokenizer.ggml.add_space_prefix') ?? true;
  return adds ? ['Its tokenizer puts a space before the first word, which Gemma 3 was not trained with.'] : [];
}
