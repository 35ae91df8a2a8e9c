import { describe, expect, it } from 'vitest';
import { textPdf, type PdfLine } from '../../../fixtures/textPdf.ts';
import { readBytes, valuesOf } from './readFixture.ts';

const row = (y: number, ...cells: readonly (readonly [number, string])[]): readonly PdfLine[] =>
  cells.map(([x, text]) => ({ x, y, size: 10, text }));
const prose = (y: number, text: string): PdfLine => ({ x: 72, y, size: 10, text });

describe('tables in a PDF', () => {
  it('have a row for each record, headings above numbers at the right, and empty cells', async () => {
    const records = Array.from(
      { length: 30 },
      (_, index) => [`Item ${String(index + 1)}`, String(1000 + index), index === 4 ? '' : 'kept'] as const,
    );
    const pdf = textPdf([
      [
        { x: 72, y: 800, size: 18, text: 'Stock list' },
        prose(770, 'All things in the store on the first of March, with their number and where they are, as the keeper counted them.'),
        ...row(740, [72, 'Name'], [200, 'Number of it'], [420, 'State']),
        ...records.flatMap(([name, number, state], index) =>
          row(725 - index * 15, [72, name], [290, number], ...(state === '' ? [] : [[420, state] as const])),
        ),
        prose(250, 'Signed by the keeper of the store in the presence of two witnesses from the town and one from the village.'),
      ],
    ]);
    const { pages } = await readBytes('a.pdf', pdf);
    const [page] = pages;
    expect(page?.headings).toEqual([{ level: 1, text: 'Stock list', offset: 0 }]);
    expect(page?.tables).toHaveLength(1);
    expect(valuesOf(page?.tables[0])).toEqual([
      ['Name', 'Number of it', 'State'],
      ...records.map(([name, number, state]) => [name, number, state === '' ? null : state]),
    ]);
    expect(page?.text).toMatch(
      /counted them\.\n\n\| Name \| Number of it \| State \|\n\| --- \| --- \| --- \|\n\| Item 1 \| 1000 \| kept \|/,
    );
    expect(page?.text).toMatch(/\| Item 30 \| 1029 \| kept \|\n\nSigned by/);
  });

  it('are not two lines that happen to have a gap, nor large type over a whole page', async () => {
    const { pages } = await readBytes(
      'a.pdf',
      textPdf([
        [...row(700, [72, 'Place'], [400, 'Date']), ...row(685, [72, 'Rivertown'], [400, 'today'])],
        [{ x: 72, y: 700, size: 30, text: 'Only large type here' }],
      ]),
    );
    expect(pages.flatMap(({ tables }) => tables)).toEqual([]);
    expect(pages.flatMap(({ headings }) => headings)).toEqual([]);
  });
});
