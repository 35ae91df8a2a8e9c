import type { DocumentTable, TableCell } from '../../shared/documents.ts';
import { openTable } from './openTable.ts';

/** A piece of a table on one page. */
export interface TablePart {
  readonly source: DocumentTable;
  /** What the first of its rows is called in the whole table. */
  readonly firstRow: number;
  /** Of its rows, how many at its beginning only repeat the heading, or end the last row of the page before. */
  readonly repeated: number;
  /** Whether the last of those ends that row. */
  readonly endsRow: boolean;
}

/** A table as a reader sees it: one that goes on over several pages is one table. */
export interface WholeTable {
  /** Place of its first part in the document's list of tables, counted from 1. */
  readonly place: number;
  /** All rows under one heading; those of later pages are numbered on. */
  readonly source: DocumentTable;
  readonly parts: readonly TablePart[];
}

/**
 * Joins tables that go on at the top of the next page: under the same heading, or without one where every figure and date stands in its column. Sheets are
 * whole already.
 */
export function joinTables(tables: readonly DocumentTable[]): readonly WholeTable[] {
  const whole: WholeTable[] = [];
  for (const [index, source] of tables.entries()) {
    const before = whole.at(-1);
    const last = before?.parts.at(-1)?.source;
    const goesOn = last === undefined || before === undefined ? null : continues(before.source, last, source, tables);
    if (before === undefined || goesOn === null) {
      whole.push({ place: index + 1, source, parts: [{ source, firstRow: source.rowNumbers[0] ?? 1, repeated: 0, endsRow: false }] });
      continue;
    }
    const firstRow = (before.source.rowNumbers.at(-1) ?? 0) + 1;
    const { heading, rest } = goesOn;
    const repeated = heading + (rest === null ? 0 : 1);
    const rows = source.rows.slice(repeated);
    whole[whole.length - 1] = {
      place: before.place,
      source: {
        ...before.source,
        rowNumbers: [...before.source.rowNumbers, ...rows.map((_, row) => firstRow + row)],
        rows: [...(rest === null ? before.source.rows : withRest(before.source.rows, rest)), ...rows],
      },
      parts: [...before.parts, { source, firstRow, repeated, endsRow: rest !== null }],
    };
  }
  return whole;
}

type Row = DocumentTable['rows'][number];

interface GoingOn {
  /** Rows that repeat the heading. */
  readonly heading: number;
  /** What a row that the page's end divided has on this page. */
  readonly rest: Row | null;
}

/** How `next` goes on with a table; null when it is another one. */
function continues(whole: DocumentTable, last: DocumentTable, next: DocumentTable, all: readonly DocumentTable[]): GoingOn | null {
  if (last.addressed || next.addressed || next.page !== last.page + 1) return null;
  if (next.columnNumbers.length !== last.columnNumbers.length) return null;
  if (next.name !== '' && next.name !== whole.name) return null;
  if (all.some(({ page, start }) => (page === last.page && start > last.start) || (page === next.page && start < next.start))) return null;
  const heading = sameCells(whole.rows[0], next.rows[0]) ? 1 : 0;
  const first = next.rows[heading];
  const rest = first !== undefined && isRest(whole, first) ? first : null;
  if (heading > 0) return { heading, rest };
  return isData(whole, rest === null ? first : next.rows[1]) ? { heading, rest } : null;
}

/** Whether a row at the top of a page is the end of the row before: without a first cell, and only words under words. */
function isRest({ rows }: DocumentTable, row: Row): boolean {
  const before = rows.at(-1);
  if (before === undefined || rows.length < 2 || rows.some(([first]) => first?.type === 'empty')) return false;
  if (row[0]?.type !== 'empty' || row.every(({ type }) => type === 'empty')) return false;
  return row.every(({ type, text }, column) => type === 'empty' || (before[column]?.type === 'text' && /\p{L}/u.test(text)));
}

function withRest(rows: readonly Row[], rest: Row): readonly Row[] {
  const last = rows.at(-1) ?? [];
  const whole = last.map((cell, column): TableCell => {
    const text = rest[column]?.text ?? '';
    return text === '' ? cell : { type: 'text', text: `${cell.text} ${text}`, value: `${cell.text} ${text}` };
  });
  return [...rows.slice(0, -1), whole];
}

function sameCells(one: Row | undefined, other: Row | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.every(({ text }, index) => plain(text) === plain(other[index]?.text ?? ''));
}

/** Whether a row holds figures or dates where the table has them, and nothing else there. */
function isData(whole: DocumentTable, row: Row | undefined): boolean {
  const columns = openTable(whole)?.columns ?? [];
  const typed = columns.flatMap((column, index) => {
    const text = row?.[index]?.text.trim() ?? '';
    return column.type === 'text' || text === '' ? [] : [column.read(text) !== null];
  });
  return typed.length > 0 && typed.every(Boolean);
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
