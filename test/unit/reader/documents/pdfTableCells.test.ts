import { expect, it } from 'vitest';
import { textPdf, type PdfLine } from '../../../fixtures/textPdf.ts';
import { readBytes, valuesOf } from './readFixture.ts';

const at = (x: number, y: number, text: string): PdfLine => ({ x, y, size: 8, text });
const row = (y: number, name: string, first: string, amount: string): readonly PdfLine[] => [
  at(50, y, name),
  at(151.5, y, first),
  at(300, y, amount),
];

it('a name that is too long for its column leaves the table whole', async () => {
  const { pages } = await readBytes(
    'donors.pdf',
    textPdf([
      [
        ...row(700, 'Surname', 'Name', 'Amount'),
        ...row(686, 'MENA', 'JUAN', '10.00'),
        // 105 points wide where the next column begins after 101.
        ...row(672, 'VALSANGIACOMO BLANCO', 'FERNANDO', '20.00'),
        ...row(658, 'VICENTE', 'PABLO ARIEL', '30.00'),
        ...row(644, 'PISONI', 'CARLOS', '40.00'),
      ],
    ]),
  );
  expect(pages[0]?.tables).toHaveLength(1);
  const values = valuesOf(pages[0]?.tables[0]);
  expect(values[2]).toEqual(['VALSANGIACOMO BLANCO', 'FERNANDO', '20.00']);
  expect(values[3]).toEqual(['VICENTE', 'PABLO ARIEL', '30.00']);
});

it('a label that is set in two lines belongs to the row of the second, and a line between sections to none', async () => {
  const { pages } = await readBytes(
    'crimes.pdf',
    textPdf([
      [
        ...row(700, 'Offence', '2024', '2025'),
        ...row(690, 'Robbery', '12', '13'),
        at(50, 680, 'Murder and nonnegligent'),
        ...row(670, 'manslaughter', '1', '2'),
        ...row(660, 'Arson', '5', '6'),
        ...row(650, 'Fraud', '7', '8'),
        at(50, 640, 'Property'),
        ...row(630, 'Burglary', '9', '10'),
        ...row(620, 'Larceny', '11', '12'),
        ...row(610, 'Theft', '13', '14'),
      ],
    ]),
  );
  expect(valuesOf(pages[0]?.tables[0])).toEqual([
    ['Offence', '2024', '2025'],
    ['Robbery', '12', '13'],
    ['Murder and nonnegligent manslaughter', '1', '2'],
    ['Arson', '5', '6'],
    ['Fraud', '7', '8'],
  ]);
  expect(pages[0]?.text).toContain('\n\nProperty\n\n');
});

it('decimals that are set apart from their number are part of it', async () => {
  const amount = (y: number, name: string, whole: string, decimals: string): readonly PdfLine[] => [
    at(50, y, name),
    at(150, y, whole),
    at(171, y, decimals),
  ];
  const { pages } = await readBytes(
    'decimals.pdf',
    textPdf([[...amount(700, 'North', '1,540', '.6'), ...amount(686, 'South', '2,101', '.9'), ...amount(672, 'East', '4,750', '.1')]]),
  );
  expect(valuesOf(pages[0]?.tables[0])[0]).toEqual(['North', '1,540.6']);
});
