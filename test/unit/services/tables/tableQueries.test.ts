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

const invoice = table([
  ['Day', 'Item', 'Amount'],
  ['2026-03-01', 'Chairs', '100,00'],
  ['2026-03-02', 'Tables', '250,50'],
  ['2026-03-05', 'Lamps', '49,50'],
  ['Subtotal', '', '400,00'],
  ['VAT 19 %', '', '76,00'],
  ['Total', '', '476,00'],
]);

test('rows that only total the others are not counted or added once more, and are named', () => {
  expect(invoice.columns.map(({ type }) => type)).toEqual(['date', 'text', 'number']);
  expect(runTableQuery(invoice, query({ aggregate: 'count' }))).toMatchObject({ rows: [[3]], total: 3, totalRows: [5, 6, 7] });
  expect(runTableQuery(invoice, query({ aggregate: 'sum', aggregateColumn: 'Amount' }))).toMatchObject({
    rows: [[400]],
    sources: [[2, 3, 4]],
  });
  const largest = query({ order: { column: 'Amount', direction: 'descending' }, limit: 1 });
  expect(runTableQuery(invoice, largest).rows).toEqual([['2026-03-02', 'Tables', 250.5]]);
});

test('totals are there in the whole table, and where they are asked for', () => {
  const whole = runTableQuery(invoice, query({}));
  expect(whole).toMatchObject({ matched: 6, total: 6 });
  expect(whole.rows.at(-1)).toEqual(['Total', null, 476]);
  expect(whole).not.toHaveProperty('totalRows');
  const due = query({ columns: ['Amount'], filters: [{ column: 'Amount', operator: '=', value: '476,00' }] });
  expect(runTableQuery(invoice, due)).toMatchObject({ rows: [[476]], sources: [[7]], matched: 1, total: 6 });
});

test('a row that is only called a total, or adds up by chance, is a row like any other', () => {
  const totalsOf = (...rows: readonly (readonly string[])[]): readonly number[] => table([['Name', 'Value'], ...rows]).totals;
  expect(totalsOf(['Shell', '3'], ['Eni', '4'], ['Total', '8'])).toEqual([]);
  expect(totalsOf(['Shell', '3'], ['Eni', '4'], ['BP', '7'])).toEqual([]);
  expect(totalsOf(['Shell', '3'], ['Eni', '4'], ['Total', '7'], ['BP', '2'])).toEqual([]);
  expect(totalsOf(['a', '0'], ['b', '0'], ['Total', '0'])).toEqual([]);
  expect(totalsOf(['Äpfel', '0,10'], ['Birnen', '0,20'], ['Summe', '0,30'])).toEqual([4]);
});

test('marks of notes behind figures are no units, and powers of ten are not read as ten', () => {
  expect(valuesOf('5 €¹', '7 €', '3 %²')).toEqual(['5 €¹', '7 €', '3 %²']);
  expect(valuesOf('5 €¹', '7 €')).toEqual([5, 7]);
  expect(valuesOf('1.250,50²', '10,00')).toEqual([1250.5, 10]);
  expect(valuesOf('5 m²', '7 m²')).toEqual([5, 7]);
  expect(types('5 m²', '7 m')).toBe('text');
  expect(types('10⁶', '5')).toBe('text');
  expect(types('3 × 10⁶', '5')).toBe('text');
});
