import type { DocumentReceipt, Receipt, StopReason } from '../../../electron/shared/generation.ts';
import { citationWords } from './citations.ts';
import type { AnswerCoverage, DocumentCoverage } from '../../../electron/shared/asking.ts';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import { shortDuration } from '../../../electron/shared/durationInWords.ts';

/** The receipt in one quiet line: what was read and how long it took. */
export function receiptSummary(receipt: Receipt): readonly string[] {
  const parts: string[] = [];
  const read = pagesRead(receipt);
  if (read !== null) parts.push(read);
  if (receipt.images.length > 0) {
    const views = receipt.images.reduce((sum, image) => sum + 1 + image.crops.length, 0);
    // One looked at again in a later question is still one picture.
    const count = new Set(receipt.images.map(({ attachmentId }) => attachmentId)).size;
    const pictures = count === 1 ? '1 picture' : `${count} pictures`;
    parts.push(`Looked at ${pictures} in ${views} ${views === 1 ? 'view' : 'views'}`);
  }
  const quotes = citationWords(receipt.citations ?? []);
  if (quotes !== null) parts.push(quotes);
  const { summarisedMessages = 0 } = receipt;
  if (summarisedMessages > 0) parts.push(`${summarisedMessages} earlier messages read as a summary`);
  const end = endWords(receipt.stopReason);
  if (end !== null) parts.push(end);
  parts.push(shortDuration(receipt.timings.loadMs + receipt.timings.firstTokenMs + receipt.timings.decodeMs));
  return parts;
}

/** How much of the documents the answer was made from: by what was given to the model, where the receipt says it. */
function pagesRead({ documents, coverage, table }: Receipt): string | null {
  if (coverage !== undefined) {
    const sum = (count: (document: DocumentCoverage) => number): number =>
      coverage.documents.reduce((total, document) => total + count(document), 0);
    const total = sum(({ pages }) => pages);
    const share = Math.round(
      (100 * sum(({ charactersRead }) => charactersRead)) /
        Math.max(
          1,
          sum(({ characters }) => characters),
        ),
    );
    if (coverage.mode === 'tables') return table === undefined ? 'Nothing computed' : 'Computed from a table';
    // A page of which only some lines were given is not a page that was read.
    if (total === 1 && share < 100) return `Read ${Math.max(1, share)} % of the text`;
    return `Read ${coverage.mode === 'relevant' ? 'parts of ' : ''}${sum(({ pagesRead }) => pagesRead.length)} of ${total} ${total === 1 ? 'page' : 'pages'}`;
  }
  const pages = documents.flatMap((document) => document.pages);
  if (pages.length === 0) return null;
  const read = pages.filter(({ source }) => source !== 'failed').length;
  return `Read ${read} of ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`;
}

/** Which pages of one document the model was given: `14 pages`, or `pages 2–4, 9 of 14`. */
export function givenWords({ attachmentId, pages }: DocumentReceipt, coverage: AnswerCoverage | undefined): string {
  const given = coverage?.documents.find((document) => document.attachmentId === attachmentId);
  const total = given?.pages ?? pages.length;
  const all = total === 1 ? '1 page' : `${total} pages`;
  if (given === undefined || given.pagesRead.length === total) return all;
  if (given.pagesRead.length === 0) return `none of ${all}`;
  return `${given.pagesRead.length === 1 ? 'page' : 'pages'} ${runs(given.pagesRead)} of ${total}`;
}

/** `2–4, 9`. @param ascending numbers */
function runs(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}

/** Why an answer stops, when it did not end by itself. */
function endWords(reason: StopReason): string | null {
  switch (reason) {
    case 'endOfTurn':
    case 'stopText':
      return null;
    case 'maxTokens':
      return 'Cut at the length limit';
    case 'contextFull':
      return 'Cut: the context is full';
    case 'cancelled':
      return 'You stopped this answer';
    default:
      return assertNever(reason, 'stop reason');
  }
}

/** Tokens after the first per second; null when there are none. */
export function writingSpeed({ generatedTokens, timings }: Receipt): number | null {
  return generatedTokens > 1 && timings.decodeMs > 0 ? ((generatedTokens - 1) * 1000) / timings.decodeMs : null;
}
