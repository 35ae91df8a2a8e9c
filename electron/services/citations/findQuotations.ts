/** A quotation in an answer; offsets in UTF-16 units, marks included. */
export interface Quotation {
  readonly start: number;
  readonly end: number;
  /** The words between the marks, trimmed. */
  readonly quote: string;
}

/** Opening marks and the marks that close them. */
const pairs: ReadonlyMap<string, string> = new Map([
  ['“', '”"'],
  ['"', '"”'],
  ['„', '“”"'],
  ['«', '»'],
  ['»', '«'],
  ['‘', '’'],
]);

/**
 * The quotations of an answer in Markdown, in order: between quotation marks within one paragraph, and block quotes. Code is left alone, since its marks
 * are not quotations. Single marks count only around three words or more, where they cannot be apostrophes.
 */
export function findQuotations(answer: string): readonly Quotation[] {
  const found: Quotation[] = [];
  for (const { start, text, kind } of paragraphs(answer)) {
    switch (kind) {
      case 'quote':
        found.push(blockQuotation(start, text));
        break;
      case 'prose':
        found.push(...markedQuotations(start, text));
        break;
      case 'code':
        break;
    }
  }
  return found.filter(({ quote }) => /[\p{L}\p{N}]/u.test(quote));
}

interface Paragraph {
  readonly start: number;
  readonly text: string;
  readonly kind: 'prose' | 'quote' | 'code';
}

function paragraphs(answer: string): readonly Paragraph[] {
  const list: Paragraph[] = [];
  let fence: string | null = null;
  let start = 0;
  for (const line of answer.split('\n')) {
    const kind = fence !== null ? 'code' : kindOf(line);
    const mark = /^ {0,3}(```+|~~~+)/.exec(line)?.[1] ?? null;
    if (fence === null) fence = mark;
    else if (mark?.startsWith(fence) === true) fence = null;
    const last = list.at(-1);
    const joins = last?.kind === kind && line.trim() !== '' && answer.slice(last.start + last.text.length, start) === '\n';
    if (joins && last.text.trim() !== '') list[list.length - 1] = { ...last, text: answer.slice(last.start, start + line.length) };
    else list.push({ start, text: line, kind });
    start += line.length + 1;
  }
  return list;
}

function kindOf(line: string): Paragraph['kind'] {
  if (/^ {0,3}(```|~~~)/.test(line)) return 'code';
  return /^ {0,3}>/.test(line) ? 'quote' : 'prose';
}

/** Without its `>` marks, and without quotation marks around the whole of it. */
function blockQuotation(start: number, text: string): Quotation {
  const words = text.replaceAll(/^ {0,3}>+ ?/gm, '').trim();
  const [inner] = markedQuotations(0, words);
  const quote = inner?.start === 0 && inner.end === words.length ? inner.quote : words;
  return { start, end: start + text.length, quote };
}

function markedQuotations(start: number, text: string): readonly Quotation[] {
  const found: Quotation[] = [];
  let at = 0;
  while (at < text.length) {
    const close = opensAt(text, at) ? closingAt(text, at) : -1;
    if (close < 0) {
      at += 1;
      continue;
    }
    const quote = text.slice(at + 1, close).trim();
    if (text.charAt(at) === '‘' && wordsIn(quote) < 3) {
      at += 1;
      continue;
    }
    found.push({ start: start + at, end: start + close + 1, quote });
    at = close + 1;
  }
  return found;
}

/** The straight mark, the single one and `»` also close, so they open only where a word can begin. */
function opensAt(text: string, at: number): boolean {
  const mark = text.charAt(at);
  if (!pairs.has(mark) || inCode(text, at)) return false;
  if (mark === '“' || mark === '„' || mark === '«') return true;
  const before = text.charAt(at - 1);
  return (at === 0 || /[\s([{:;,*_—–/>-]/.test(before)) && /\S/.test(text.charAt(at + 1));
}

/** Index of the mark that ends the quotation, or -1. A straight or single mark inside a word is an apostrophe or an inch. */
function closingAt(text: string, open: number): number {
  const closing = pairs.get(text.charAt(open)) ?? '';
  for (let at = open + 1; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (!closing.includes(mark)) continue;
    const ambiguous = mark === '"' || mark === '’' || mark === '«';
    if (!ambiguous || !/[\p{L}\p{N}]/u.test(text.charAt(at + 1))) return at;
  }
  return -1;
}

/** Between backticks on its line. */
function inCode(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  const ticks = line.split('`').length - 1;
  return ticks % 2 === 1 && text.slice(at).split('\n')[0]?.includes('`') === true;
}

/** Words separated by white space. */
export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
