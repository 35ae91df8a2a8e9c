import { expect, it } from 'vitest';
import { readBytes, valuesOf } from './readFixture.ts';

const csv = (rows: readonly string[]): Buffer => Buffer.from(rows.join('\n'));

it.each([
  ['a title', ['Household budget', 'Month;Income;Rent', 'January;3.000,00;-900,00', 'February;3.010,50;-900,00'], 'Household budget', 1],
  [
    'particulars of an account',
    [
      'Account;DE89 3704',
      'From;01.01.2026',
      'Date;Text;Amount;Balance',
      '02.01.2026;Rent;-900,00;100,00',
      '03.01.2026;Pay;2.000,00;2.100,00',
    ],
    'Account   DE89 3704\nFrom   01.01.2026',
    2,
  ],
  ['a title over years', ['Turnover', 'Region;2024;2025', 'North;1,5;2,5', 'South;4,5;5,5'], 'Turnover', 1],
])('%s right above a header is text, and the table begins with the header', async (_, rows, above, count) => {
  const { pages } = await readBytes('sheet.csv', csv(rows));
  expect(pages[0]?.text.startsWith(`${above}\n\n| `)).toBe(true);
  expect(pages[0]?.tables).toHaveLength(1);
  expect(valuesOf(pages[0]?.tables[0])[0]).toEqual(rows[count]?.split(';'));
  // The rows keep the numbers that they have in the file.
  expect(pages[0]?.tables[0]?.rowNumbers[0]).toBe(count + 1);
});

it.each([
  ['a header of two lines', [';2024;;2025', 'Region;Q1;Q2;Q1', 'North;1;2;3', 'South;4;5;6']],
  ['one column', ['Prices', 'Tea', 'Coffee']],
  ['a short row of data under the header', ['Name;Age;City;Since', 'Ann;33;;', 'Bob;41;Oslo;2020']],
  ['a short first row over data', ['Ann', 'Bob;41', 'Cleo;33']],
])('%s stays a part of the table', async (_, rows) => {
  const { pages } = await readBytes('sheet.csv', csv(rows));
  expect(pages[0]?.tables).toHaveLength(1);
  expect(valuesOf(pages[0]?.tables[0])).toHaveLength(rows.length);
});

it('a sheet of a hundred thousands of rows is read, its title too', async () => {
  const rows = Array.from({ length: 150_000 }, (_, index) => `n${index};${index}`);
  const { pages } = await readBytes('long.csv', csv(['Counts', 'Name;Value', ...rows]));
  expect(pages[0]?.text.startsWith('Counts\n\n| ')).toBe(true);
  expect(pages.reduce((sum, { tables }) => sum + tables.reduce((all, { rowNumbers }) => all + rowNumbers.length, 0), 0)).toBe(150_001);
});
