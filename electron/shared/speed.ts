import type { MachineFacts } from './machine.ts';
import type { ModelSize } from './models.ts';

/** English prose in Gemma's vocabulary: about four tokens for three words. */
export const wordsPerToken = 0.75;
/** A printed page of 400 words, in tokens. */
export const tokensPerPage = Math.round(400 / wordsPerToken);
/** People read about four words in a second (238 a minute); an answer that comes more slowly is waited for. Source: Brysbaert 2019. */
export const slowWordsPerSecond = 4;

/** How quickly a model reads and writes on this machine. */
export interface ModelSpeed {
  /** Id in the list of models; null for a released size that is not here. */
  readonly modelId: string | null;
  readonly name: string;
  readonly size: ModelSize;
  readonly quantisation: string;
  readonly backend: string;
  /** True when it follows from what another model took here, by bytes and multiplications. */
  readonly predicted: boolean;
  /** At the beginning of a context. */
  readonly prefillTokensPerSecond: number;
  readonly decodeTokensPerSecond: number;
  readonly wordsPerSecond: number;
  /** For one view of a picture; null for a model that sees nothing, and before it is known. */
  readonly imageSeconds: number | null;
  /** Reading a document of a hundred printed pages, in as many prompts as its context makes of it. */
  readonly minutesPer100Pages: number;
}

/** The outcome of a measurement: the model it was about first, then the others. */
export interface BenchReport {
  readonly machine: Pick<MachineFacts, 'processor' | 'threads' | 'memory'>;
  readonly speeds: readonly ModelSpeed[];
}

/** What a measurement is doing. */
export interface BenchProgress {
  readonly name: string;
  readonly step: 'loading' | 'reading' | 'writing' | 'looking';
  /** Of the time that the measurement may take, 0..1. */
  readonly fraction: number;
}
