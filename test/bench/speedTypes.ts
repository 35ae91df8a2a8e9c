/** Tokens per second. */
export interface Speed {
  readonly prefill: number;
  readonly decode: number;
}

/** What is measured: reading `prompt` tokens and writing `write` tokens, each with `depth` tokens in the cache before. */
export interface Shape {
  readonly model: string;
  readonly depth: number;
  readonly prompt: number;
  readonly write: number;
}

/** Context that holds the deepest measurement. */
export const contextTokens = ({ depth, prompt, write }: Shape): number => Math.ceil((depth + Math.max(prompt, write) + 16) / 256) * 256;

/** Ordinary ids that no vocabulary of Gemma uses as a control token; the same for all contestants. */
export const ids = (count: number, seed: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => 3000 + ((index * 7919 + seed * 104_729) % 50_000));
