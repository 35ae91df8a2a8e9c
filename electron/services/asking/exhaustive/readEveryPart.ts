import { asksForNumber, questionKind } from '../questionKind.ts';
import type { DocumentSegment } from '../../context/segments.ts';
import { isRecognizedPage } from '../../../shared/attachments.ts';
import { listDoubt } from '../../../shared/ocrDoubt.ts';
import type { ListResult } from '../../../shared/listResult.ts';
import type { DocumentInput } from '../../generation/readInputs.ts';
import type { Chunk } from '../../retrieval/chunkPages.ts';
import type { EngineAsker } from './askEngine.ts';
import { createFoundItems } from './foundItems.ts';
import { itemKey, listItems } from './listItems.ts';
import { type Part, halves, makeParts, pagesOf } from './makeParts.ts';
import { listInstruction, mergeInstruction, noteInstruction } from './partPrompts.ts';

/** Largest part of a list in tokens: a model that must copy much out of much begins to skip. */
export const largestListPart = 1_200;
/** Largest part that one note is about, in tokens. */
export const largestNotePart = 4_096;
/** Longest note on one part, in tokens. */
const noteTokens = 256;
const leastPart = 128;

export interface EveryPartRequest {
  readonly question: string;
  readonly documents: readonly { readonly input: DocumentInput; readonly chunks: readonly Chunk[]; readonly counts: readonly number[] }[];
  readonly contextTokens: number;
  /** Longest final answer, in tokens. */
  readonly maxTokens: number;
  readonly asker: EngineAsker;
  readonly signal: AbortSignal;
  readonly stage: (part: number, parts: number, found: number) => void;
  readonly write: (text: string, tokens: number) => void;
}

export interface EveryPartResult {
  /** What was read to its end, for the coverage. */
  readonly read: readonly DocumentSegment[];
  readonly warnings: readonly string[];
  readonly cancelled: boolean;
  /** Null for what was answered from notes. */
  readonly list: ListResult | null;
}

/** Reads every part of the documents in turn and answers from all of them: lists and counts are made by code, the rest by the model out of its notes. */
export async function readEveryPart(request: EveryPartRequest): Promise<EveryPartResult> {
  const kind = questionKind(request.question);
  return kind === 'enumeration' ? listEverything(request) : mergeNotes(request);
}

function segmentOf(part: Part): DocumentSegment {
  return {
    attachmentId: part.input.attachment.id,
    name: part.input.attachment.name,
    pages: pagesOf(part),
    excerptOf: part.input.pages,
  };
}

/** As the model reads it: a document of its own, since nothing of it was chosen. */
function promptSegment(part: Part): DocumentSegment {
  const { attachmentId, name, pages } = segmentOf(part);
  return { attachmentId, name, pages };
}

async function overheadOf({ asker, documents }: EveryPartRequest, text: string): Promise<number> {
  const name = documents[0]?.input.attachment.name ?? '';
  return asker.count({ document: { attachmentId: '', name, pages: [{ page: 1, source: 'text', text: '' }] }, text });
}

async function listEverything(request: EveryPartRequest): Promise<EveryPartResult> {
  const { question, documents, contextTokens, asker, signal, stage, write } = request;
  const text = listInstruction(question);
  const half = Math.floor((contextTokens - (await overheadOf(request, text))) / 2);
  const waiting = [...makeParts(documents, Math.max(leastPart, Math.min(largestListPart, half)))];
  const found = createFoundItems();
  const unfound = new Map<string, string>();
  const read: DocumentSegment[] = [];
  const warnings: string[] = [];
  const several = documents.length > 1;
  for (let part = waiting.shift(); part !== undefined && !signal.aborted; part = waiting.shift()) {
    stage(read.length + 1, read.length + 1 + waiting.length, found.size());
    const result = await asker.run({ document: promptSegment(part), text }, Math.max(leastPart, half));
    if (result.stopReason === 'cancelled') break;
    const cut = result.stopReason === 'maxTokens' || result.stopReason === 'contextFull';
    const smaller = cut ? halves(part) : null;
    if (smaller !== null) {
      // A list that had no room to end is asked for again in two.
      waiting.unshift(...smaller);
      continue;
    }
    const segment = segmentOf(part);
    if (cut) warnings.push(`${segment.name}: a list on page ${segment.pages[0]?.page ?? 1} was too long to be written to its end`);
    for (const item of listItems(result.text, segment.pages)) {
      const key = itemKey(item.text);
      if (item.page === null) unfound.set(key, item.text);
      else if (found.add(key, item.text, { attachmentId: segment.attachmentId, file: segment.name, page: item.page })) {
        const place = documents.some(({ input }) => input.segment.pages.length > 1) ? `page ${item.page}` : '';
        const where = [several ? segment.name : '', place].filter((word) => word !== '').join(', ');
        write(`- ${item.text}${where === '' ? '' : ` (${where})`}\n`, 1);
      }
    }
    read.push(segment);
  }
  const cancelled = signal.aborted || waiting.length > 0;
  for (const key of found.keys()) unfound.delete(key);
  const pages = readPages(read, documents);
  const allThere = documents.every(({ input }) => input.facts.pages.length >= input.pages);
  const doubt = listDoubt(pages.recognized, pages.all);
  write(listEnd({ found: found.size(), unfound: [...unfound.values()], cancelled, allThere, number: asksForNumber(question), doubt }), 1);
  const list = { items: found.items(), complete: !cancelled && allThere, pagesRead: pages.all, pagesRecognized: pages.recognized };
  return { read, warnings, cancelled, list };
}

function readPages(
  read: readonly DocumentSegment[],
  documents: EveryPartRequest['documents'],
): { readonly all: number; readonly recognized: number } {
  const keyOf = (attachmentId: string, page: number): string => `${attachmentId} ${page}`;
  const pages = new Set(read.flatMap(({ attachmentId, pages: some }) => some.map(({ page }) => keyOf(attachmentId, page))));
  const recognized = documents.flatMap(({ input: { attachment, facts } }) =>
    facts.pages.filter(isRecognizedPage).map(({ page }) => keyOf(attachment.id, page)),
  );
  return { all: pages.size, recognized: recognized.filter((key) => pages.has(key)).length };
}

function listEnd(end: {
  readonly found: number;
  readonly unfound: readonly string[];
  readonly cancelled: boolean;
  /** False while the rest of a document is still being read. */
  readonly allThere: boolean;
  readonly number: boolean;
  /** What OCR may have done to it; null for nothing. */
  readonly doubt: string | null;
}): string {
  const { found, unfound, cancelled, allThere, number, doubt } = end;
  const done = allThere ? 'Every part was read. Found' : 'Every part that is there so far was read; more pages are still being read. Found';
  const scope = cancelled ? 'Stopped before the end; what was read so far holds' : done;
  const sum = number || found !== 1 ? `${found} different ones` : 'one';
  const total = found === 0 ? `${scope} nothing that was asked for` : `${scope} ${number ? `**${found}**` : sum}`;
  const doubtful =
    unfound.length === 0
      ? ''
      : `\n\nNot counted, because these words of the model are not in the document:\n${unfound.map((text) => `- ${text}`).join('\n')}`;
  return `${found === 0 ? '' : '\n'}${total}.${doubt === null ? '' : ` ${doubt}`}${doubtful}`;
}

async function mergeNotes(request: EveryPartRequest): Promise<EveryPartResult> {
  const { question, documents, contextTokens, maxTokens, asker, signal, stage, write } = request;
  const room = contextTokens - (await overheadOf(request, noteInstruction(question))) - noteTokens;
  const parts = makeParts(documents, Math.max(leastPart, Math.min(largestNotePart, room)));
  const read: DocumentSegment[] = [];
  const notes: DocumentSegment['pages'][number][] = [];
  for (const [index, part] of parts.entries()) {
    stage(index + 1, parts.length, 0);
    const result = signal.aborted ? null : await asker.run({ document: promptSegment(part), text: noteInstruction(question) }, noteTokens);
    if (result === null || result.stopReason === 'cancelled') {
      const kept = notes.map(({ page, text }) => `Page ${page}: ${text}`).join('\n\n');
      write(`Stopped after part ${read.length} of ${parts.length}. Notes so far:\n\n${kept}`, 1);
      return { read, warnings: [], cancelled: true, list: null };
    }
    const segment = segmentOf(part);
    read.push(segment);
    notes.push({ page: segment.pages[0]?.page ?? 1, source: 'text', text: result.text.trim() });
  }
  const answerTokens = Math.min(maxTokens, Math.floor(contextTokens / 4));
  const merged = await condense(notes, request, contextTokens - answerTokens);
  const result = await asker.run({ document: notesDocument(merged), text: mergeInstruction(question) }, answerTokens, { wrote: write });
  return { read, warnings: [], cancelled: signal.aborted || result.stopReason === 'cancelled', list: null };
}

function notesDocument(pages: DocumentSegment['pages']): DocumentSegment {
  return { attachmentId: '', name: 'Notes', pages };
}

/** Notes on notes, until they fit into one prompt. */
async function condense(notes: DocumentSegment['pages'], request: EveryPartRequest, room: number): Promise<DocumentSegment['pages']> {
  const { asker, question } = request;
  const fits = async (pages: DocumentSegment['pages'], left: number): Promise<boolean> =>
    (await asker.count({ document: notesDocument(pages), text: mergeInstruction(question) })) <= left;
  let current = notes;
  while (current.length > 1 && !(await fits(current, room))) {
    const next: DocumentSegment['pages'][number][] = [];
    for (let from = 0; from < current.length;) {
      let to = from + 2;
      while (to < current.length && (await fits(current.slice(from, to + 1), room - noteTokens))) to += 1;
      const group = current.slice(from, to);
      const result = await asker.run({ document: notesDocument(group), text: noteInstruction(question) }, noteTokens);
      next.push({ page: group[0]?.page ?? 1, source: 'text', text: result.text.trim() });
      from = to;
    }
    current = next;
  }
  return current;
}
