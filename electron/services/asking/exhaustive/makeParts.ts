import type { DocumentSegment } from '../../context/segments.ts';
import type { DocumentInput } from '../../generation/readInputs.ts';
import type { Chunk } from '../../retrieval/chunkPages.ts';

/** A stretch of one document that is read in one go. */
export interface Part {
  readonly input: DocumentInput;
  readonly chunks: readonly Chunk[];
}

/**
 * Every chunk of the documents in order, in parts of at most `budget` tokens; a chunk that is larger is a part of its own.
 * @param counts tokens of each chunk of each document
 */
export function makeParts(
  documents: readonly { readonly input: DocumentInput; readonly chunks: readonly Chunk[]; readonly counts: readonly number[] }[],
  budget: number,
): readonly Part[] {
  return documents.flatMap(({ input, chunks, counts }) => {
    const parts: Chunk[][] = [];
    let used = 0;
    for (const [index, chunk] of chunks.entries()) {
      const tokens = counts[index] ?? 0;
      const last = parts.at(-1);
      if (last === undefined || used + tokens > budget) {
        parts.push([chunk]);
        used = tokens;
      } else {
        last.push(chunk);
        used += tokens;
      }
    }
    return parts.map((one): Part => ({ input, chunks: one }));
  });
}

/** Two halves of a part; null when it is one chunk only. */
export function halves({ input, chunks }: Part): readonly [Part, Part] | null {
  if (chunks.length < 2) return null;
  const middle = Math.ceil(chunks.length / 2);
  return [
    { input, chunks: chunks.slice(0, middle) },
    { input, chunks: chunks.slice(middle) },
  ];
}

/** A part's text by page. */
export function pagesOf({ input, chunks }: Part): DocumentSegment['pages'] {
  const pages: { page: number; source: DocumentSegment['pages'][number]['source']; text: string }[] = [];
  for (const { page, start, end } of chunks) {
    const from = input.segment.pages.find((one) => one.page === page);
    const text = from?.text.slice(start, end) ?? '';
    const last = pages.at(-1);
    if (last?.page === page) last.text += text;
    else pages.push({ page, source: from?.source ?? 'text', text });
  }
  return pages;
}
