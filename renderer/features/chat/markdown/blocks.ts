import { assertNever } from '../../../../electron/shared/assertNever.ts';

/** A top-level piece of a Markdown text that can be shown on its own. */
export type Block =
  | { readonly kind: 'markdown'; readonly text: string }
  /** A fence at the top level; `closed` once its end has come. */
  | { readonly kind: 'code'; readonly language: string; readonly code: string; readonly closed: boolean };

/** What the text is at one moment: blocks that can never change again, and the one that still grows. */
export interface Split {
  readonly closed: readonly Block[];
  readonly tail: Block | null;
}

/** The part being written. Offsets are into the whole text. */
type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly start: number; readonly list: 'bullet' | 'ordered' | null; readonly blankSince: number | null }
  | { readonly kind: 'math'; readonly start: number }
  | { readonly kind: 'code'; readonly codeStart: number; readonly fence: string; readonly language: string };

/** A list longer than this is cut at its next item, so that the growing block stays small. In characters. */
const listLimit = 3000;

const fencePattern = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)$/;
const nestedFencePattern = /^ {2,}/;
const itemPattern = /^ {0,3}(?:([-*+])|\d{1,9}[.)])(?:[ \t]|$)/;

/**
 * Splits a text that only grows. Each line is looked at once when it is complete, so the whole costs time in
 * proportion to the text; blocks that are closed keep their identity. A text that is not a continuation starts afresh.
 */
export function createBlockSplitter(): (text: string) => Split {
  let seen = '';
  let scanned = 0;
  let closed: Block[] = [];
  let open: Open = { kind: 'none' };

  const closeText = (text: string, start: number, end: number): void => {
    const piece = text.slice(start, end).replace(/\s+$/, '');
    if (piece !== '') closed = [...closed, { kind: 'markdown', text: piece }];
    open = { kind: 'none' };
  };
  const begin = (text: string, line: string, start: number, end: number): void => {
    const fence = fencePattern.exec(line);
    if (fence !== null)
      open = { kind: 'code', codeStart: Math.min(end + 1, text.length), fence: fence[1] ?? '', language: languageOf(fence[2]) };
    else if (isMathStart(line)) open = { kind: 'math', start };
    else if (isHeading(line)) closeText(text, start, end);
    else open = { kind: 'text', start, list: listKind(line), blankSince: null };
  };
  const scanLine = (text: string, start: number, end: number): void => {
    const line = text.slice(start, end).replace(/\r$/, '');
    const blank = line.trim() === '';
    switch (open.kind) {
      case 'none':
        if (!blank) begin(text, line, start, end);
        return;
      case 'math':
        if (line.includes('$$')) closeText(text, open.start, end);
        return;
      case 'code':
        if (!closesFence(line, open.fence)) return;
        closed = [
          ...closed,
          { kind: 'code', language: open.language, code: text.slice(open.codeStart, Math.max(open.codeStart, start - 1)), closed: true },
        ];
        open = { kind: 'none' };
        return;
      case 'text': {
        if (blank) {
          open = { ...open, blankSince: open.blankSince ?? start };
          return;
        }
        const item = listKind(line);
        const startsAfresh = open.blankSince !== null && !continuesList(open.list, item, line);
        const listTooLong = open.list !== null && item === open.list && !line.startsWith('  ') && start - open.start > listLimit;
        const interrupts =
          isMathStart(line) || isHeading(line) || (fencePattern.test(line) && !(open.list !== null && nestedFencePattern.test(line)));
        if (startsAfresh || listTooLong || interrupts) {
          closeText(text, open.start, start);
          begin(text, line, start, end);
        } else open = { ...open, list: open.list ?? null, blankSince: null };
        return;
      }
      default:
        assertNever(open, 'open block');
    }
  };

  return (text) => {
    if (!text.startsWith(seen)) {
      scanned = 0;
      closed = [];
      open = { kind: 'none' };
    }
    seen = text;
    for (let end = text.indexOf('\n', scanned); end >= 0; end = text.indexOf('\n', scanned)) {
      scanLine(text, scanned, end);
      scanned = end + 1;
    }
    return { closed, tail: tailOf(text, scanned, open) };
  };
}

/** The last block, the incomplete last line included. */
function tailOf(text: string, scanned: number, open: Open): Block | null {
  switch (open.kind) {
    case 'none': {
      const line = text.slice(scanned);
      const fence = fencePattern.exec(line);
      if (fence !== null) return { kind: 'code', language: languageOf(fence[2]), code: '', closed: false };
      return line.trim() === '' ? null : { kind: 'markdown', text: line };
    }
    case 'code': {
      const lastLine = text.slice(scanned);
      // The closing fence as it is being written is not code.
      const end = scanned > open.codeStart && /^ {0,3}(?:`+|~+)\s*$/.test(lastLine) ? scanned - 1 : text.length;
      const closed = end < text.length && closesFence(lastLine, open.fence);
      return { kind: 'code', language: open.language, code: text.slice(open.codeStart, end), closed };
    }
    case 'text':
    case 'math':
      return { kind: 'markdown', text: text.slice(open.start) };
    default:
      return assertNever(open, 'open block');
  }
}

function languageOf(info: string | undefined): string {
  return /^[^\s{]+/.exec(info ?? '')?.[0].toLowerCase() ?? '';
}

function closesFence(line: string, fence: string): boolean {
  const end = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return end !== undefined && end.startsWith(fence.charAt(0)) && end.length >= fence.length;
}

/** `$$` that opens a display formula and does not close it on the same line. */
function isMathStart(line: string): boolean {
  const trimmed = line.trim();
  return (trimmed.startsWith('$$') && !trimmed.slice(2).includes('$$')) || (trimmed.startsWith('\\[') && !trimmed.includes('\\]'));
}

function isHeading(line: string): boolean {
  return /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line);
}

function listKind(line: string): 'bullet' | 'ordered' | null {
  const item = itemPattern.exec(line);
  if (item === null) return null;
  return item[1] === undefined ? 'ordered' : 'bullet';
}

/** After a blank line a list goes on with an item of its kind or with something indented. */
function continuesList(list: 'bullet' | 'ordered' | null, item: 'bullet' | 'ordered' | null, line: string): boolean {
  return list !== null && (item === list || /^(?: {2,}|\t)/.test(line));
}
