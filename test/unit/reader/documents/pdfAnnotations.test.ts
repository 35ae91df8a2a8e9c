import { expect, it } from 'vitest';
import { textPdf } from '../../../fixtures/textPdf.ts';
import { readBytes } from './readFixture.ts';

const line = (y: number, text: string) => ({ x: 50, y, size: 12, text });
const A4 = { width: 595, height: 842 };

it('what is filled into a form stands beside its labels', async () => {
  const box = (state: 'Yes' | 'Off', y: number): string =>
    `<< /Type /Annot /Subtype /Widget /FT /Btn /T (b${String(y)}) /V /${state} /AS /${state} /Rect [150 ${String(y)} 162 ${String(y + 12)}] /AP << /N << /Yes << >> /Off << >> >> >> >>`;
  const field = (name: string, value: string, y: number, flags = 0): string =>
    `<< /Type /Annot /Subtype /Widget /FT /Tx /F ${String(flags)} /T (${name}) /V (${value}) /DA (/Helv 10 Tf 0 g) /Rect [150 ${String(y)} 350 ${String(y + 20)}] >>`;
  const { pages } = await readBytes(
    'form.pdf',
    textPdf([[line(700, 'Full name:'), line(660, 'Amount:'), line(620, 'Agree:'), line(580, 'Refuse:'), line(540, 'Secret:')]], A4, [
      field('name', 'Anna Muster', 692),
      field('amount', '1234.50', 652),
      box('Yes', 620),
      box('Off', 580),
      field('secret', 'not to be seen', 532, 2),
    ]),
  );
  expect(pages[0]?.tables[0]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
    ['Full name:', 'Anna Muster'],
    ['Amount:', '1234.50'],
    ['Agree:', '☒'],
    ['Refuse:', '☐'],
  ]);
  expect(pages[0]?.text).not.toContain('not to be seen');
});

it('text typed onto a page is part of it, and notes of readers come after it', async () => {
  const { pages } = await readBytes(
    'notes.pdf',
    textPdf([[line(750, 'The price is 500 euro.')]], A4, [
      '<< /Type /Annot /Subtype /Text /Rect [100 740 120 760] /Contents (check the price) /T (Anna) >>',
      '<< /Type /Annot /Subtype /FreeText /Rect [50 600 300 620] /Contents (paid in March) /DA (/Helv 12 Tf 0 g) >>',
      '<< /Type /Annot /Subtype /Highlight /Rect [50 745 200 765] /QuadPoints [50 765 200 765 50 745 200 745] /Contents (too much) >>',
      '<< /Type /Annot /Subtype /Link /Rect [50 745 200 765] /Contents (a link) >>',
    ]),
  );
  expect(pages[0]?.text).toMatch(/^The price is 500 euro\.\s+paid in March\n\n\[Note by Anna: check the price\]\n\n\[Note: too much\]$/);
  expect(pages[0]?.characters).toBe(pages[0]?.text.length);
});
