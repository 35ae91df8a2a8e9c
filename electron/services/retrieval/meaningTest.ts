import type { ChunkIndex, FoundChunk, SearchedDocument } from './chunkIndex.ts';
import type { Chunk } from './chunkPages.ts';
import { fuseChunks } from './fuseChunks.ts';
import type { MeaningTest, VectorStore } from './vectorStore.ts';

/** Sentences tried at most, spread over the document. */
const mostSentences = 32;
/** Shortest sentence that says enough to be looked for, in words of three letters and more; and how many of its words are asked with. */
const leastWords = 6;
const mostWords = 12;
/** Chunks looked at for each. */
const depth = 10;
/** Mean nDCG@10 by which words and meaning together may be worse than words alone, for what one sentence more or less makes by chance. */
const tolerance = 0.02;
/** What meaning alone must reach of what words alone do. Vectors that say nothing put one of ten parts first by chance, and reach less than half. */
const leastShare = 2 / 3;

export interface OwnQuestion {
  readonly text: string;
  /** Where it is from. */
  readonly chunk: Chunk;
}

/**
 * Questions whose answer is known: sentences of the document without every fourth word and without what stands in their heading, so that none is found
 * by being itself.
 */
export function ownQuestions(document: SearchedDocument, chunks: readonly Chunk[]): readonly OwnQuestion[] {
  const texts = new Map(document.pages.map(({ page, text }) => [page, text]));
  const questions = chunks.flatMap((chunk) => {
    const inHeading = new Set(wordsOf(chunk.heading));
    const sentences = (texts.get(chunk.page) ?? '').slice(chunk.start, chunk.end).split(/(?<=[.!?。])\s+|\n{2,}/u);
    // The longest one: what stands on every page is short.
    const [words = []] = sentences
      .map((sentence) => wordsOf(sentence).filter((word) => !inHeading.has(word)))
      .toSorted((a, b) => b.length - a.length);
    const kept = words.filter((_, place) => place % 4 !== 3).slice(0, mostWords);
    return words.length < leastWords ? [] : [{ text: kept.join(' '), chunk }];
  });
  if (questions.length <= mostSentences) return questions;
  return Array.from({ length: mostSentences }, (_, place) => questions[Math.floor((place * questions.length) / mostSentences)]).filter(
    (question) => question !== undefined,
  );
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

/**
 * Whether the vectors of a document do no harm: its own sentences are found by words and meaning as well as by words alone, within a fiftieth,
 * and by meaning alone two thirds as well. Without sentences to try there is no trust.
 * @param questionVectors one for each of the questions, in order
 */
export function testMeaning(
  {
    document,
    questions,
    questionVectors,
    model,
  }: {
    readonly document: SearchedDocument;
    readonly questions: readonly OwnQuestion[];
    readonly questionVectors: readonly Float32Array[];
    readonly model: string;
  },
  { index, vectors }: { readonly index: Pick<ChunkIndex, 'search'>; readonly vectors: Pick<VectorStore, 'chunks'> },
): MeaningTest {
  const chunks = vectors.chunks(document, model);
  const gains = questions.flatMap(({ text, chunk }, place) => {
    const vector = questionVectors[place];
    if (vector === undefined || vector.length === 0) return [];
    const byWords = index.search([document], text, 8 * depth);
    const options = { documents: [document], limit: depth, model, vector, isMeant: () => true };
    const withMeaning = (words: typeof byWords): number => gainOf(fuseChunks(words, { chunks: () => chunks }, options), chunk);
    return [{ byWords: gainOf(byWords, chunk), byMeaning: withMeaning([]), byBoth: withMeaning(byWords) }];
  });
  const mean = (of: (gain: (typeof gains)[number]) => number): number =>
    gains.length === 0 ? 0 : gains.reduce((sum, gain) => sum + of(gain), 0) / gains.length;
  const [byWords, byMeaning, byBoth] = [mean((gain) => gain.byWords), mean((gain) => gain.byMeaning), mean((gain) => gain.byBoth)];
  const trusted = gains.length > 0 && byMeaning >= leastShare * byWords && byBoth >= byWords - tolerance;
  return { byWords, byMeaning, byBoth, trusted };
}

/** nDCG@10 with one right answer. */
function gainOf(found: readonly FoundChunk[], wanted: Chunk): number {
  const place = found.slice(0, depth).findIndex(({ page, start }) => page === wanted.page && start === wanted.start);
  return place < 0 ? 0 : 1 / Math.log2(place + 2);
}
