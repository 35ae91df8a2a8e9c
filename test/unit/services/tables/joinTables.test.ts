import { expect, test } from 'vitest';
import type { DocumentTable, TableCell } from '../../../../electron/shared/documents.ts';
import { joinTables } from '../../../../electron/services/tables/joinTables.ts';

const cell = (text: string): TableCell => ({ type: 'text', text, value: text });
const table = (page: number, rows: readonly (readonly string[])[], more: Partial<DocumentTable> = {}): DocumentTable => ({
  ...{ page, name: '', start: 0, end: 9, addressed: false },
  rowNumbers: rows.map((_, index) => index + 1),
  columnNumbers: (rows[0] ?? []).map((_, index) => index + 1),
  rows: rows.map((row) => row.map(cell)),
  ...more,
});
const head = ['Order', 'Amount'];

test('a table that goes on over pages is one, under a repeated heading or none; its rows are numbered on', () => {
  const [whole, ...others] = joinTables([table(1, [head, ['A', '1'], ['B', '2']]), table(2, [head, ['C', '3']]), table(3, [['D', '4']])]);
  expect(others).toEqual([]);
  expect(whole?.source.rows.map((row) => row[0]?.text)).toEqual(['Order', 'A', 'B', 'C', 'D']);
  expect(whole?.source.rowNumbers).toEqual([1, 2, 3, 4, 5]);
  expect(whole?.parts.map(({ firstRow, repeated }) => [firstRow, repeated])).toEqual([
    [1, 0],
    [4, 1],
    [5, 0],
  ]);
});

test('sheets, other columns, other headings, names of their own and pages between stay apart', () => {
  const first = table(1, [head, ['A', '1']]);
  const apart = (next: DocumentTable): number => joinTables([first, next]).length;
  expect(apart(table(2, [head, ['B', '2']], { addressed: true }))).toBe(2);
  expect(apart(table(2, [['Order'], ['B']]))).toBe(2);
  expect(
    apart(
      table(2, [
        ['Name', 'Town'],
        ['B', 'Bern'],
      ]),
    ),
  ).toBe(2);
  expect(apart(table(2, [head, ['B', '2']], { name: 'Returns' }))).toBe(2);
  expect(apart(table(3, [head, ['B', '2']]))).toBe(2);
});
