import { expect, test } from 'vitest';
import type { DocumentTable } from '../../../../electron/shared/documents.ts';
import type { ExportFormat, TableQuery } from '../../../../electron/shared/tableQuery.ts';
import { parseTableQuery } from '../../../../electron/shared/validation.ts';
import type { PlacedTable } from '../../../../electron/services/tables/documentTables.ts';
import { exportResult } from '../../../../electron/services/tables/exportResult.ts';
import { numberFormat } from '../../../../electron/services/tables/numberFormat.ts';
import { openTable } from '../../../../electron/services/tables/openTable.ts';
import { readBytes } from '../../reader/documents/readFixture.ts';

const csv = [
  'Part;Price;Share;Shipped;Note',
  'Bolt;€ 1.250,50;12,5 %;01.03.2026;=1+1',
  'Nut;€ 3,00;0,25 %;28.03.2026;"a; ""b"" & <c>"',
  'Pump;-€ 0,75;7 %;15.04.2026;-cmd|calc',
  'Ä 犬;;100 %;16.04.2026;@SUM(A1) ',
].join('\n');

async function placedTable(name: string, bytes: string | Uint8Array): Promise<PlacedTable> {
  const { pages } = await readBytes(name, bytes);
  const source: DocumentTable | undefined = pages.flatMap(({ page, tables }) => tables.map((table) => ({ page, ...table })))[0];
  const table = source === undefined ? null : openTable(source);
  if (source === undefined || table === null) throw new Error('no table was read');
  return { owner: { id: 'a', name, state: { kind: 'reading', done: 0, total: 0 } }, place: 1, source, parts: [], table, recognized: false };
}
const exported = (placed: PlacedTable, query: Partial<TableQuery>, format: ExportFormat) => {
  const { base64, ...file } = exportResult(placed, { ...parseTableQuery('{}'), ...query }, format);
  return { ...file, bytes: Buffer.from(base64, 'base64') };
};
const textsOf = ({ source }: PlacedTable): readonly (readonly string[])[] => source.rows.map((row) => row.map(({ text }) => text));

test('a table as CSV keeps units and decimals, and no text of it can run as a formula', async () => {
  const { fileName, bytes } = exported(await placedTable('parts.csv', csv), {}, 'csv');
  expect(fileName).toBe('parts.csv');
  expect(bytes.toString()).toBe(
    '\ufeffPart,Price,Share,Shipped,Note\r\n' +
      'Bolt,"€ 1.250,50","12,5 %",01.03.2026,\'=1+1\r\n' +
      'Nut,"€ 3,00","0,25 %",28.03.2026,"a; ""b"" & <c>"\r\n' +
      'Pump,"-€ 0,75",7 %,15.04.2026,\'-cmd|calc\r\n' +
      "Ä 犬,,100 %,16.04.2026,'@SUM(A1)\r\n",
  );
  const again = await placedTable('again.csv', bytes);
  expect(again.table.columns.map(({ type, values }) => [type, values])).toMatchObject([
    ['text', ['Bolt', 'Nut', 'Pump', 'Ä 犬']],
    ['number', [1250.5, 3, -0.75, null]],
    ['number', [12.5, 0.25, 7, 100]],
    ['date', ['2026-03-01', '2026-03-28', '2026-04-15', '2026-04-16']],
    ['text', ["'=1+1", 'a; "b" & <c>', "'-cmd|calc", "'@SUM(A1)"]],
  ]);
});

test('as XLSX numbers are numbers, dates dates and text text; read again they say the same', async () => {
  const placed = await placedTable('parts.csv', csv);
  const { bytes, fileName } = exported(placed, {}, 'xlsx');
  expect(fileName).toBe('parts.xlsx');
  const again = await placedTable('again.xlsx', bytes);
  expect(again.table.columns.map(({ type, values }) => [type, values])).toEqual([
    ['text', ['Bolt', 'Nut', 'Pump', 'Ä 犬']],
    ['number', [1250.5, 3, -0.75, null]],
    ['number', [12.5, 0.25, 7, 100]],
    ['date', ['2026-03-01', '2026-03-28', '2026-04-15', '2026-04-16']],
    ['text', ['=1+1', 'a; "b" & <c>', '-cmd|calc', '@SUM(A1)']],
  ]);
  expect(textsOf(again)[1]).toEqual(['Bolt', '€ 1,250.50', '12.5 %', '2026-03-01', '=1+1']);
  // Written once more it is the same sheet, byte for byte: nothing wears off.
  expect(
    exported(again, {}, 'xlsx').bytes.equals(exported(await placedTable('more.xlsx', exported(again, {}, 'xlsx').bytes), {}, 'xlsx').bytes),
  ).toBe(true);
});

test('a result: its rows as the document has them, figures as they were computed', async () => {
  const placed = await placedTable('parts.csv', csv);
  const dear = { columns: ['Price', 'Part'], filters: [{ column: 'Price', operator: '>=', value: 3 }] } as const;
  const { fileName, bytes } = exported(placed, dear, 'csv');
  expect(fileName).toBe('parts result.csv');
  expect(bytes.toString()).toBe('\ufeffPrice,Part\r\n"€ 1.250,50",Bolt\r\n"€ 3,00",Nut\r\n');
  const sum = exported(placed, { aggregate: 'sum', aggregateColumn: 'Price' }, 'xlsx').bytes;
  expect(textsOf(await placedTable('sum.xlsx', sum))).toEqual([['sum of Price'], ['1252.75']]);
});

test('number formats that show a value as it was written', () => {
  expect(numberFormat('1,234.50', 1234.5)).toBe('#,##0.00');
  expect(numberFormat('12.5%', 0.125)).toBe('0.0%');
  expect(numberFormat('12.5%', 12.5)).toBe('0.0"%"');
  expect(numberFormat('1.250', 1250)).toBe('#,##0');
  expect(numberFormat('1.250', 1.25)).toBe('0.000');
  expect(numberFormat('$ 5 million', 5)).toBe('"$ "0" million"');
  expect(numberFormat('about five', 5)).toBe('General');
  expect(numberFormat('5', 6)).toBe('General');
});

test('more than a sheet holds is refused, not cut', async () => {
  const placed = await placedTable('long.csv', `Name;Text\na;${'x'.repeat(40_000)}`);
  expect(() => exported(placed, {}, 'xlsx')).toThrow(/32767 characters/);
  expect(exported(placed, {}, 'csv').bytes.length).toBeGreaterThan(40_000);
});
