import { expect, it } from 'vitest';
import { textPdf, type PdfLine } from '../../../fixtures/textPdf.ts';
import { readBytes, valuesOf } from './readFixture.ts';

const words = 'the tenant keeps the rooms in good repair until the end';
const at = (x: number, y: number, text: string): PdfLine => ({ x, y, size: 9, text });

it('three columns of prose on the same lines are read one after the other', async () => {
  const lines = Array.from({ length: 12 }, (_, index) =>
    [40, 215, 390].map((x, column) =>
      at(x, 780 - 12 * index, `c${String(column)}l${String(index)} ${words.slice(0, 26 + ((index * 7) % 5))}`),
    ),
  ).flat();
  const { pages } = await readBytes('columns.pdf', textPdf([lines]));
  expect(pages[0]?.tables).toEqual([]);
  const order = [...(pages[0]?.text ?? '').matchAll(/c(\d)l(\d+)/g)].map(([found]) => found);
  expect(order).toEqual([0, 1, 2].flatMap((column) => Array.from({ length: 12 }, (_, index) => `c${String(column)}l${String(index)}`)));
});

it('a table whose narrow columns stand close together keeps its header and its columns', async () => {
  const width = (text: string): number => text.length * 5;
  const right = (edge: number, y: number, text: string): PdfLine => ({ x: edge - width(text), y, size: 10, text });
  const rows = Array.from({ length: 32 }, (_, index) => [
    String(index + 1),
    (index * 1.5 + 1.5).toFixed(2),
    ((index + 1) ** 2 * 1.5).toFixed(2),
  ]);
  const row = (y: number, [name = '', count = '', price = '', total = '']: readonly string[]): readonly PdfLine[] => [
    { x: 184, y, size: 10, text: name },
    right(323, y, count),
    right(360, y, price),
    right(411, y, total),
  ];
  const { pages } = await readBytes(
    'stock.pdf',
    textPdf([
      [
        ...row(760, ['Item', 'Qty', 'Price', 'Total']),
        ...rows.flatMap((cells, index) => row(742 - 18 * index, [`Item ${String(index + 1)} with a name`, ...cells])),
      ],
    ]),
  );
  const values = valuesOf(pages[0]?.tables[0]);
  expect(values).toHaveLength(33);
  expect(values[0]).toEqual(['Item', 'Qty', 'Price', 'Total']);
  expect(values[32]).toEqual(['Item 32 with a name', '32', '48.00', '1536.00']);
});

it('a row whose last cell begins above the others belongs to the table with its header', async () => {
  const cells = (y: number, ...texts: readonly [number, string][]): readonly PdfLine[] =>
    texts.map(([x, text]) => ({ x, y, size: 10, text }));
  const { pages } = await readBytes(
    'regions.pdf',
    textPdf([
      [
        ...cells(677, [144, 'Region'], [224, 'Q1'], [344, 'Notes']),
        ...cells(659, [344, 'a long note that wraps']),
        ...cells(647, [344, 'over several lines of its']),
        ...cells(635, [144, 'North'], [224, '1,200'], [344, 'cell']),
        ...cells(617, [144, 'South'], [224, '7%'], [344, 'short']),
        ...cells(599, [144, 'East'], [224, '(300)']),
      ],
    ]),
  );
  expect(valuesOf(pages[0]?.tables[0])).toEqual([
    ['Region', 'Q1', 'Notes'],
    ['North', '1,200', 'a long note that wraps over several lines of its cell'],
    ['South', '7%', 'short'],
    ['East', '(300)', null],
  ]);
});

it('compounds keep their hyphen at the end of a line', async () => {
  const lines = ['The agree-', 'ment was a well-', 'known state-of-the-', 'art document from'].map((text, index) => ({
    x: 50,
    y: 700 - 14 * index,
    size: 12,
    text,
  }));
  const { pages } = await readBytes('hyphen.pdf', textPdf([lines]));
  expect(pages[0]?.text).toBe('The agreement was a well-known state-of-the-art document from');
});

it.each([
  ['between the columns', [180, 340]],
  ['from the first column on', [60, 320, 450]],
])('a narrow table that stands under two columns stays whole: %s', async (_where, places) => {
  const prose = (top: number, mark: string): readonly PdfLine[] =>
    Array.from({ length: 10 }, (_, index) =>
      [50, 310].map((x, column) =>
        at(x, top - 12 * index, `${mark}${String(column)}l${String(index)} ${words.slice(0, 40 + ((index * 7) % 5))}`),
      ),
    ).flat();
  const header = ['Item', 'Price', 'Count'];
  const table = Array.from({ length: 5 }, (_, row) =>
    places.map((x, column) =>
      at(
        x,
        620 - 13 * row,
        row === 0 ? (header[column] ?? '') : ([`Part ${String(row)}`, `${String(row)}.50`, String(10 * row)][column] ?? ''),
      ),
    ),
  ).flat();
  const { pages } = await readBytes('under.pdf', textPdf([[...prose(780, 'a'), ...table, ...prose(530, 'b')]]));
  const text = pages[0]?.text ?? '';
  expect(valuesOf(pages[0]?.tables[0])[0]).toEqual(header.slice(0, places.length));
  expect(valuesOf(pages[0]?.tables[0])).toHaveLength(5);
  const order = ['a0l9', 'a1l0', 'a1l9', '| Item', 'Part 4', 'b0l0', 'b0l9', 'b1l0'].map((mark) => text.indexOf(mark));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(order).not.toContain(-1);
});
