import { expect, it } from 'vitest';
import { textPdf, type PdfLine } from '../../../fixtures/textPdf.ts';
import { readBytes, valuesOf } from './readFixture.ts';

const at = (x: number, text: string, y = 700): PdfLine => ({ x, y, size: 10, text });

it('accents that are drawn over their letters belong to them, and others stay as they are', async () => {
  const { pages } = await readBytes(
    'accents.pdf',
    textPdf([
      [
        ...[at(50, 'f\u00a8'), at(52.8, 'ur alle')],
        // Raised, over a capital.
        ...[at(50, '\u00a8', 682), { ...at(50.5, 'Uber', 680) }],
        // Under the letter, after it.
        ...[at(50, 'Fran\u00e7ois, franc', 660), at(112, '\u00b8', 660), at(116.1, 'ais', 660)],
        at(50, 'l\u00b4amour, 5 \u00a8 u', 640),
      ],
    ]),
  );
  expect(pages[0]?.text.split('\n')).toEqual(['für alle', 'Über', 'François, français l´amour, 5 ¨ u']);
});

it('words of a cell that are runs of their own keep the space between them', async () => {
  const rows = ['one', 'two', 'six', 'ten'].flatMap((word, index) => {
    const y = 700 - 14 * index;
    return [at(50, `Row ${word}`, y), at(200, 'yes', y), at(222, 'no', y), at(237, 'what', y)];
  });
  const { pages } = await readBytes('cells.pdf', textPdf([rows]));
  expect(valuesOf(pages[0]?.tables[0])[1]).toEqual(['Row two', 'yes', 'no what']);
});
