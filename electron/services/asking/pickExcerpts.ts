import type { DocumentSegment } from '../context/segments.ts';
import type { DocumentInput } from '../generation/readInputs.ts';
import type { Chunk } from '../retrieval/chunkPages.ts';
import type { ChunkIndex, SearchedDocument } from '../retrieval/chunkIndex.ts';
import type { Found } from '../retrieval/createRetrieval.ts';
import type { AnswerReading } from './answerReadings.ts';

/** Chunks looked at for one question: several times what fits. */
const mostCandidates = 80;
/** Tokens of the line that names a page and its heading. */
const labelTokens = 24;

/** Where excerpts come from. */
export interface ExcerptSearch {
  readonly chunks: ChunkIndex['chunks'];
  readonly find: (documents: readonly SearchedDocument[], question: string, limit: number) => Promise<Found>;
}

export interface ExcerptOptions extends ExcerptSearch {
  /** Tokens that all excerpts together may take. */
  readonly budget: number;
  /** Tokens of each text. */
  readonly count: (texts: readonly string[]) => Promise<readonly number[]>;
}

interface Candidate {
  readonly document: number;
  readonly chunk: Chunk;
}

/**
 * The parts of the documents that fit the question best, as many as the budget holds, in document order; one segment for each document that has any.
 * When no word of the question is in them, their beginnings.
 */
export async function pickExcerpts(
  documents: readonly DocumentInput[],
  question: string,
  { chunks: chunksOf, find, budget, count }: ExcerptOptions,
): Promise<Required<Pick<AnswerReading, 'excerpts' | 'foundBy'>>> {
  const searched = documents.map(searchedDocument);
  const { chunks: best, by: foundBy } = await find(searched, question, mostCandidates);
  const found: readonly Candidate[] = best.map(({ document, ...chunk }) => ({ document, chunk }));
  const candidates = found.length > 0 ? found : beginnings(searched, chunksOf);
  const counts = await count(candidates.map(({ document, chunk }) => textOf(documents[document], chunk)));
  const taken: Candidate[] = [];
  let left = budget;
  for (const [place, candidate] of candidates.entries()) {
    const cost = (counts[place] ?? 0) + labelTokens;
    if (cost > left) continue;
    taken.push(candidate);
    left -= cost;
  }
  const excerpts = documents.flatMap((input, document) => {
    const chunks = taken.filter((candidate) => candidate.document === document).map(({ chunk }) => chunk);
    return chunks.length === 0 ? [] : [segmentOf(input, joined(chunks, input))];
  });
  return { excerpts, foundBy };
}

/** What the index knows a document by. */
export function searchedDocument({ attachment, facts, texts, pages }: DocumentInput): SearchedDocument {
  return { sha256: attachment.sha256, format: facts.format, pages: texts, partial: texts.length < pages };
}

function beginnings(searched: readonly SearchedDocument[], chunksOf: ChunkIndex['chunks']): readonly Candidate[] {
  const each = Math.ceil(mostCandidates / Math.max(1, searched.length));
  const firsts = searched.map((one, document) =>
    chunksOf(one)
      .slice(0, each)
      .map((chunk) => ({ document, chunk })),
  );
  // In turns, so that every document gets its share of the budget.
  return Array.from({ length: each }, (_, turn) => firsts.flatMap((chunks) => chunks.slice(turn, turn + 1))).flat();
}

function textOf(input: DocumentInput | undefined, { page, start, end }: Chunk): string {
  return input?.segment.pages.find((one) => one.page === page)?.text.slice(start, end) ?? '';
}

/** In document order, neighbours on one page joined. */
function joined(chunks: readonly Chunk[], input: DocumentInput): readonly Chunk[] {
  const result: Chunk[] = [];
  for (const chunk of [...chunks].sort((a, b) => a.page - b.page || a.start - b.start)) {
    const last = result.at(-1);
    const adjoins = last?.page === chunk.page && textOf(input, { ...chunk, start: last.end, end: chunk.start }).trim() === '';
    if (last !== undefined && adjoins) result[result.length - 1] = { ...last, end: chunk.end };
    else result.push(chunk);
  }
  return result;
}

function segmentOf(input: DocumentInput, chunks: readonly Chunk[]): DocumentSegment {
  const sources = new Map(input.segment.pages.map(({ page, source }) => [page, source]));
  return {
    attachmentId: input.attachment.id,
    name: input.attachment.name,
    pages: chunks.map((chunk) => ({
      page: chunk.page,
      source: sources.get(chunk.page) ?? 'text',
      text: textOf(input, chunk),
      heading: chunk.heading,
    })),
    excerptOf: input.pages,
  };
}
