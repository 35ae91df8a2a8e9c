import type { DocumentTable } from '../../shared/documents.ts';
import { openTable } from './openTable.ts';

/** A piece of a table on one page. */
export interface TablePart {
  readonly source: DocumentTable;
  /** What the first of its rows is called in the whole table. */
  readonly firstRow: number;
  /** Of its rows, how many at its beginning only repeat the heading. */
  readonly repeated: number;
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
    const repeated = last === undefined || before === undefined ? null : continues(before.source, last, source, tables);
    if (before === undefined || repeated === null) {
      whole.push({ place: index + 1, source, parts: [{ source, firstRow: source.rowNumbers[0] ?? 1, repeated: 0 }] });
      continue;
    }
    const firstRow = (before.source.rowNumbers.at(-1) ?? 0) + 1;
    const rows = source.rows.slice(repeated);
    whole[whole.length - 1] = {
      place: before.place,
      source: {
        ...before.source,
        rowNumbers: [...before.source.rowNumbers, ...rows.map((_, row) => firstRow + row)],
        rows: [...before.source.rows, ...rows],
      },
      parts: [...before.parts, { source, firstRow, repeated }],
    };
  }
  return whole;
}

/** How many rows of `next` repeat the heading when it goes on with a table; null when it is another one. */
function continues(whole: DocumentTable, last: DocumentTable, next: DocumentTable, all: readonly DocumentTable[]): number | null {
  if (last.addressed || next.addressed || next.page !== last.page + 1) return null;
  if (next.columnNumbers.length !== last.columnNumbers.length) return null;
  if (next.name !== '' && next.name !== whole.name) return null;
  if (all.some(({ page, start }) => (page === last.page && start > last.start) || (page === next.page && start < next.start))) return null;
  if (sameCells(whole.rows[0], next.rows[0])) return 1;
  return isData(whole, next) ? 0 : null;
}

function sameCells(one: DocumentTable['rows'][number] | undefined, other: DocumentTable['rows'][number] | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.every(({ text }, index) => plain(text) === plain(other[index]?.text ?? ''));
}

/** Whether the first row holds figures or dates where the table has them, and nothing else there. */
function isData(whole: DocumentTable, next: DocumentTable): boolean {
  const columns = openTable(whole)?.columns ?? [];
  const typed = columns.flatMap((column, index) => {
    const text = next.rows[0]?.[index]?.text.trim() ?? '';
    return column.type === 'text' || text === '' ? [] : [column.read(text) !== null];
  });
  return typed.length > 0 && typed.every(Boolean);
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
