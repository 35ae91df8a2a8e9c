import { expect, it } from 'vitest';
import { textPdf, type PdfLine } from '../../../fixtures/textPdf.ts';
import { readBytes } from './readFixture.ts';

const at = (x: number, text: string, y = 700): PdfLine => ({ x, y, size: 10, text });
const small = (x: number, text: string, y: number): PdfLine => ({ x, y, size: 8, text });

it('raised and lowered figures stay where they stand, and are no digits of the number before them', async () => {
  const { pages } = await readBytes(
    'raised.pdf',
    textPdf([
      [
        // Raised by half of the font height; widths of Helvetica.
        ...[at(50, 'The price is 1.234,50'), small(143.4, '1', 705), at(150.6, 'for 45 m'), small(187.9, '2', 705), at(192.4, '; 10')],
        ...[
          small(209, '6', 705),
          at(216, 'parts of H'),
          small(259.5, '2', 697),
          at(264, 'O, by Smith'),
          small(314.5, '1,2', 704),
          at(326, '.'),
        ],
        // The mark of a note before its text.
        ...[small(50, '1', 665), at(55, 'VAT included.', 660)],
      ],
    ]),
  );
  expect(pages[0]?.text).toBe('The price is 1.234,50¹ for 45 m²; 10⁶ parts of H₂O, by Smith¹,².\n¹VAT included.');
});

it('smaller type on the next line is no index', async () => {
  const { pages } = await readBytes('small.pdf', textPdf([[at(50, 'Total 450'), small(93, '12 days', 691), small(50, '7', 680)]]));
  expect(pages[0]?.text).not.toMatch(/[⁰¹²³⁴-⁹₀-₉]/);
});
