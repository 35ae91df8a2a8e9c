import type { ErrorData } from './errors.ts';

/** How a question's documents are read: the whole of them, the parts that fit the question, every part in turn, or their tables by a query. */
export type ReadingMode = 'whole' | 'relevant' | 'exhaustive' | 'tables';

/** What a send asks for; `auto` lets Facet pick and say why. */
export type AskMode = 'auto' | ReadingMode;

/** How parts were found that fit a question: by its words alone, or by its words and its meaning. */
export type FoundBy = 'words' | 'wordsAndMeaning';

/** How much of one document an answer was made from. */
export interface DocumentCoverage {
  readonly attachmentId: string;
  readonly file: string;
  /** Numbers of the pages of which at least a part was given to the model, ascending. */
  readonly pagesRead: readonly number[];
  /** Pages of the document. */
  readonly pages: number;
  /** Of those, the pages at its end that were still being read when the answer was begun; absent for none. */
  readonly stillReading?: number;
  /** Characters of its text that were given, and all of them, white space included; of what was read so far while the rest is still being read. */
  readonly charactersRead: number;
  readonly characters: number;
}

/** What was read for an answer. */
export interface AnswerCoverage {
  readonly mode: ReadingMode;
  /** Why this mode, as a clause such as “it fits”; empty when the user chose it. */
  readonly reason: string;
  /** How the parts were found, for `relevant`; absent for other modes. */
  readonly foundBy?: FoundBy;
  readonly documents: readonly DocumentCoverage[];
}

/** What the next send would do with its documents. */
export interface AskingPlan extends AnswerCoverage {
  /** Tokens of all prompts together: one, or one for each part. */
  readonly tokens: number;
  /** Prompts that are run; 1 but for `exhaustive`. */
  readonly passes: number;
  /** What the whole documents would take in the context. */
  readonly wholeTokens: number;
  /** Whether the whole of it fits with room for an answer. */
  readonly wholeFits: boolean;
  /** Milliseconds from Send to the first word, or for `exhaustive` to the last part's end; null before this machine was measured, and for `tables`. */
  readonly predictedMs: number | null;
}

/** How far documents can be searched by meaning; what is new comes by `meaning.changed`. */
export interface MeaningState {
  /** Documents that are read and no private chat's. */
  readonly documents: number;
  /** Of those, searched by words and meaning. */
  readonly ready: number;
  /** Of those, searched by words alone since the model did not find their own sentences. */
  readonly distrusted: number;
  /** The document being prepared, in its parts; null while none is. */
  readonly working: { readonly name: string; readonly done: number; readonly total: number } | null;
  /** Memory that the search model takes, in bytes; 0 while it is in none. */
  readonly memoryBytes: number;
  /** Why the search model could not be used the last time; null when it could. */
  readonly problem: ErrorData | null;
}
