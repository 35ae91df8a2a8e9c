import type { Attachment, DocumentFacts } from '../../shared/attachments.ts';
import type { PageText } from '../../shared/documents.ts';
import { coverageOf } from '../../shared/pageCoverage.ts';
import type { DocumentSoFar } from '../attachments/readingProgress.ts';
import type { DocumentInput, Inputs, PagesByDocument } from './readInputs.ts';

/** A document as it goes into a prompt. `pages`: of all of it, when these are its first ones. */
export function documentInput(
  attachment: Attachment,
  facts: DocumentFacts,
  read: readonly PageText[],
  pages = facts.pages.length,
): DocumentInput {
  const texts = new Map(read.map(({ page, text }) => [page, text]));
  const given = facts.pages.map(({ page, source }) => ({ page, source, text: texts.get(page) ?? '' }));
  const segment = { attachmentId: attachment.id, name: attachment.name, pages: given };
  return {
    kind: 'document',
    attachment,
    facts,
    segment: given.length < pages ? { ...segment, firstOf: pages } : segment,
    texts: read,
    pages,
  };
}

export function documentSoFar(attachment: Attachment, { document, texts, total }: DocumentSoFar): DocumentInput {
  return documentInput(attachment, document, texts, total);
}

/** The first `count` pages of a document, as an answer had them that goes on; all that is there for undefined. */
export function firstPages(input: DocumentInput, count: number | undefined): DocumentInput {
  if (count === undefined || count >= input.facts.pages.length) return input;
  const pages = input.facts.pages.slice(0, count);
  const facts = {
    ...input.facts,
    pages,
    coverage: coverageOf(pages),
    characters: pages.reduce((sum, { characters }) => sum + characters, 0),
  };
  return documentInput(
    input.attachment,
    facts,
    input.texts.filter(({ page }) => page <= count),
    input.pages,
  );
}

/** Pages of each document of which only the first were read; null when all were. */
export function pagesSoFar(inputs: Inputs): PagesByDocument | null {
  const begun = [...inputs.values()].flatMap((input) =>
    input.kind === 'document' && input.facts.pages.length < input.pages ? [[input.attachment.id, input.facts.pages.length] as const] : [],
  );
  return begun.length === 0 ? null : Object.fromEntries(begun);
}
