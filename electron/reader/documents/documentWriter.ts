import type { Heading, TableCell } from '../../shared/documents.ts';
import type { PageTable } from '../readerContract.ts';
import { cleanText } from './cleanText.ts';
import { markdownTable } from './markdownTable.ts';
import type { PageContent } from './pageContent.ts';

/** The rows of a table and what the document calls them; row and column numbers count from 1 where they are left out. */
export interface TableContent {
  readonly name: string;
  readonly rows: readonly (readonly TableCell[])[];
  readonly rowNumbers?: readonly number[];
  readonly columnNumbers?: readonly number[];
  /** Whether the numbers are addresses of cells. */
  readonly addressed?: boolean;
}

/** Takes a document's parts in reading order and gives its pages as text in Markdown, with the places of headings and tables. */
export interface DocumentWriter {
  /** `level` from 1; deeper than 6 counts as 6. White space is evened out; nothing is written for an empty one. */
  heading(level: number, text: string): void;
  /** Lines are kept as they are. */
  paragraph(text: string): void;
  /** An entry of a list. `depth` from 0; `marker` is `-` or a number with its point. */
  item(text: string, depth: number, marker: string): void;
  /** A table without any text is left out. */
  table(content: TableContent): void;
  /** Of the page being written; the same one is told once. */
  warn(warning: string): void;
  breakPage(): void;
  /** True until something is written to the page. */
  readonly pageIsEmpty: boolean;
  /** All pages, blank ones too; at least one. */
  finish(): readonly PageContent[];
}

interface OpenPage {
  text: string;
  headings: Heading[];
  tables: PageTable[];
  warnings: Set<string>;
  removed: number;
  lastWasItem: boolean;
}

const emptyPage = (): OpenPage => ({ text: '', headings: [], tables: [], warnings: new Set(), removed: 0, lastWasItem: false });

export function createDocumentWriter(): DocumentWriter {
  const pages: PageContent[] = [];
  let page = emptyPage();

  /** Where the text begins, without the control characters in it. */
  const add = (raw: string, isItem = false): number => {
    const { text, removed } = cleanText(raw);
    page.removed += removed;
    if (page.text !== '') page.text += isItem && page.lastWasItem ? '\n' : '\n\n';
    page.lastWasItem = isItem;
    const start = page.text.length;
    page.text += text;
    return start;
  };
  const breakPage = (): void => {
    const { text, headings, tables, warnings, removed } = page;
    if (removed > 0) warnings.add(`${String(removed)} control characters were left out`);
    pages.push({ text, headings, tables, warnings: [...warnings] });
    page = emptyPage();
  };

  return {
    heading: (level, raw) => {
      const text = cleanText(oneLine(raw)).text;
      if (text === '') return;
      const within = Math.min(6, Math.max(1, level));
      const offset = add(`${'#'.repeat(within)} ${text}`);
      page.headings.push({ level: within, text, offset });
    },
    paragraph: (raw) => {
      const text = raw.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
      if (text.trim() !== '') add(text);
    },
    item: (raw, depth, marker) => {
      const indent = '  '.repeat(depth);
      const text = raw.trim().replaceAll('\n', `\n${indent}  `);
      if (text !== '') add(`${indent}${marker} ${text}`, true);
    },
    table: ({ name, rows, rowNumbers, columnNumbers, addressed }) => {
      if (!rows.some((row) => row.some((cell) => cell.text.trim() !== ''))) return;
      const clean = rows.map((row) => row.map(cleanCell));
      const start = add(markdownTable(clean));
      page.tables.push({
        name: cleanText(oneLine(name)).text,
        start,
        end: page.text.length,
        addressed: addressed ?? false,
        rowNumbers: rowNumbers ?? rows.map((_, index) => index + 1),
        columnNumbers: columnNumbers ?? (rows[0] ?? []).map((_, index) => index + 1),
        rows: clean,
      });
    },
    warn: (warning) => void page.warnings.add(warning),
    breakPage,
    get pageIsEmpty() {
      return page.text === '';
    },
    finish: () => {
      breakPage();
      return pages;
    },
  };
}

/** A text on one line, with single spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function cleanCell(cell: TableCell): TableCell {
  const text = cleanText(oneLine(cell.text)).text;
  return { type: cell.type, text, value: typeof cell.value === 'string' ? cleanText(cell.value).text : cell.value };
}

/** A cell of a document whose cells have no types. */
export function textCell(text: string): TableCell {
  const line = oneLine(text);
  return line === '' ? { type: 'empty', text: '', value: null } : { type: 'text', text: line, value: line };
}
