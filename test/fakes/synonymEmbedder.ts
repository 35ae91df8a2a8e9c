/** Words that mean the same, for tests of search by meaning: the first stands for all. */
export const synonyms: readonly (readonly string[])[] = [
  ['car', 'automobile', 'vehicle'],
  ['buy', 'purchase', 'acquire'],
  ['price', 'cost', 'fee', 'charge'],
  ['repair', 'fix', 'mend'],
  ['start', 'begin', 'commence', 'launch'],
  ['stop', 'end', 'halt', 'terminate', 'quit'],
  ['big', 'large', 'huge'],
  ['fast', 'quick', 'rapid', 'swift'],
  ['wrong', 'mistake', 'error', 'fault'],
  ['delete', 'remove', 'erase'],
  ['show', 'display', 'present'],
  ['doctor', 'physician'],
  ['illness', 'disease', 'sickness'],
  ['money', 'cash', 'funds'],
  ['house', 'home', 'dwelling'],
];

const classes = new Map(synonyms.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)));
const width = 512;

/**
 * A vector of unit length for a text: each of its words at a place of its own, those that mean the same at one place. Deterministic, and good at what the
 * list above knows and nothing else. The prompts of queries and documents are left out.
 */
export function embedBySynonyms(text: string): Float32Array {
  const vector = new Float32Array(width);
  const said = text.replace(/^(?:task: search result \| query:|title:)/u, '').replace('| text:', '');
  for (const word of said.toLowerCase().match(/\p{L}[\p{L}\p{N}]{2,}/gu) ?? []) {
    const stem = stemOf(word);
    const hash = hashOf(classes.get(word) ?? classes.get(stem) ?? stem);
    const at = hash % width;
    vector[at] = (vector[at] ?? 0) + ((hash >>> 16) % 2 === 0 ? 1 : -1);
  }
  // Frequent words count less, as their vectors' mean does in a model that learned what tells texts apart.
  for (let at = 0; at < width; at++) vector[at] = Math.sign(vector[at] ?? 0) * Math.sqrt(Math.abs(vector[at] ?? 0));
  return ofUnitLength(vector);
}

/** A vector that says nothing about its text, though the same text always gets the same. */
export function embedUselessly(text: string): Float32Array {
  let state = hashOf(text);
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296 - 0.5;
  };
  return ofUnitLength(Float32Array.from({ length: width }, next));
}

function stemOf(word: string): string {
  return word.replace(/(?:ing|ed|es|s)$/u, '');
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return hash;
}

function ofUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
