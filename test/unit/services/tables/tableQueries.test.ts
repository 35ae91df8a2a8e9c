import { expect, test } from 'vitest';
import type { DocumentTable, TableCell } from '../../../../electron/shared/documents.ts';
import type { TableQuery } from '../../../../electron/shared/tableQuery.ts';
import { openTable, type TypedTable } from '../../../../electron/services/tables/openTable.ts';
import { parseTableQuery } from '../../../../electron/shared/validation.ts';
import { runTableQuery } from '../../../../electron/services/tables/runTableQuery.ts';

const text = (written: string): TableCell => ({ type: 'text', text: written, value: written });
function table(rows: readonly (readonly string[])[]): TypedTable {
  const document: DocumentTable = {
    ...{ page: 1, name: '', start: 0, end: 0, addressed: false },
    rowNumbers: rows.map((_, index) => index + 1),
    columnNumbers: (rows[0] ?? []).map((_, index) => index + 1),
    rows: rows.map((row) => row.map(text)),
  };
  const opened = openTable(document);
  if (opened === null) throw new Error('no table');
  return opened;
}
const query = (more: Partial<TableQuery>): TableQuery => ({ ...parseTableQuery('{}'), ...more });
const types = (...values: readonly string[]): string | undefined => table([['x'], ...values.map((value) => [value])]).columns[0]?.type;
const valuesOf = (...values: readonly string[]): unknown => table([['x'], ...values.map((value) => [value])]).columns[0]?.values;

const orders = table([
  ['Order', 'Customer', 'Amount', 'Shipped'],
  ...Array.from({ length: 300 }, (_, index) => [
    `A-${index}`,
    index % 3 === 0 ? 'Berg' : 'Klein',
    `€ ${(index + 0.5).toFixed(2).replace('.', ',')}`,
    `${String((index % 28) + 1).padStart(2, '0')}.03.2026`,
  ]),
]);

test('300 records: counted, added up, grouped and filtered exactly', () => {
  expect(orders.columns.map(({ type }) => type)).toEqual(['text', 'text', 'number', 'date']);
  expect(runTableQuery(orders, query({ aggregate: 'count' })).rows).toEqual([[300]]);
  expect(runTableQuery(orders, query({ aggregate: 'sum', aggregateColumn: 'amount' })).rows).toEqual([[45_000]]);
  const grouped = query({ aggregate: 'count', groupBy: 'Customer', order: { column: 'result', direction: 'descending' } });
  expect(runTableQuery(orders, grouped).rows).toEqual([
    ['Klein', 200],
    ['Berg', 100],
  ]);
  const late = runTableQuery(orders, query({ aggregate: 'count', filters: [{ column: 'Shipped', operator: '>=', value: '2026-03-28' }] }));
  expect(late).toMatchObject({ rows: [[10]], matched: 10, total: 300 });
  expect(late.sources[0]).toHaveLength(10);
});

test('the largest, with the row it stands in', () => {
  const largest = query({ columns: ['Order', 'Amount'], order: { column: 'Amount', direction: 'descending' }, limit: 1 });
  expect(runTableQuery(orders, largest)).toMatchObject({ rows: [['A-299', 299.5]], sources: [[301]] });
  const berg = query({ columns: ['Order'], filters: [{ column: 'customer', operator: '=', value: 'BERG' }], limit: 2 });
  expect(runTableQuery(orders, berg).rows).toEqual([['A-0'], ['A-3']]);
});

test('numbers as people write them', () => {
  expect(valuesOf('1.250,50', '3,00')).toEqual([1250.5, 3]);
  expect(valuesOf('1,250.50', '3')).toEqual([1250.5, 3]);
  expect(valuesOf('1,250', '2,000')).toEqual([1250, 2000]);
  expect(valuesOf('12 kg', '7.5 kg', '')).toEqual([12, 7.5, null]);
  expect(valuesOf('$5', '-$7', '$-1')).toEqual([5, -7, -1]);
  expect(valuesOf('5', '-$-7')).toEqual(['5', '-$-7']);
  expect(valuesOf('n/a', '−4', '1’000')).toEqual([null, -4, 1000]);
});

test('negative numbers as bookkeepers write them', () => {
  expect(valuesOf('(1.234,50 €)', '3,00 €')).toEqual([-1234.5, 3]);
  expect(valuesOf('$(5)', '(6.50)', '7')).toEqual([-5, -6.5, 7]);
  expect(valuesOf('5-', '1.000,5 −', '2')).toEqual([-5, -1000.5, 2]);
  expect(types('(-5)', '3')).toBe('text');
  expect(types('(1)', '(2)')).toBe('text');
});

test('one thousand is never read as one: digits in wrong groups are no number, and a column that leaves its marks open follows the others', () => {
  expect(types('1.000,00', '2.50')).toBe('text');
  expect(types('3,5', '2.5')).toBe('text');
  expect(types('1,00,000', '12,34,567.50')).toBe('number');
  const figures = table([
    ['Weight', 'Amount'],
    ['1.250', '3,50'],
    ['980', '1,00'],
  ]);
  expect(figures.columns[0]?.values).toEqual([1250, 980]);
  const english = table([
    ['Weight', 'Amount'],
    ['1.250', '3.50'],
  ]);
  expect(english.columns[0]?.values).toEqual([1.25]);
  expect(english.columns[1]?.read('1.000,50')).toBe(1000.5);
  expect(english.columns[1]?.read('1.000')).toBe(1);
});

test('what is no number, or not of one unit, is not computed with', () => {
  expect(types('01234', '56789')).toBe('text');
  expect(types('5 kg', '5 g')).toBe('text');
  expect(types('5', 'five')).toBe('text');
  expect(types('03/04/2026')).toBe('text');
  expect(types('13/04/2026', '03/04/2026')).toBe('date');
  expect(types('31.02.2026')).toBe('text');
  expect(() => runTableQuery(orders, query({ aggregate: 'sum', aggregateColumn: 'Customer' }))).toThrow(/invalidRequest.*no sum/);
  expect(() => runTableQuery(orders, query({ columns: ['Price'] }))).toThrow(/no column “Price”/);
  expect(() => runTableQuery(orders, query({ filters: [{ column: 'Amount', operator: '>', value: 'much' }] }))).toThrow(/no number/);
});

test('nothing matches: a count of 0, and no sum at all', () => {
  const filters = [{ column: 'Customer', operator: '=', value: 'nobody' }] as const;
  expect(runTableQuery(orders, query({ aggregate: 'count', filters })).rows).toEqual([[0]]);
  expect(runTableQuery(orders, query({ aggregate: 'sum', aggregateColumn: 'Amount', filters })).rows).toEqual([[null]]);
});

test('a query out of an answer: fenced or not; what is wrong is named', () => {
  expect(parseTableQuery('Sure:\n```json\n{"aggregate":"count"}\n```')).toMatchObject({ table: 1, aggregate: 'count', filters: [] });
  expect(() => parseTableQuery('forty two')).toThrow(/not JSON/);
  expect(() => parseTableQuery('{"aggregate":"median"}')).toThrow(/query\.aggregate/);
});
