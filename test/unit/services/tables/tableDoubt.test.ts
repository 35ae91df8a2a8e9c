import { expect, test } from 'vitest';
import { computeQuery } from '../../../../electron/services/tables/computeQuery.ts';
import { resultInWords } from '../../../../electron/services/tables/describeTables.ts';
import { type TableOwner, tablesOf } from '../../../../electron/services/tables/documentTables.ts';
import type { DocumentTable } from '../../../../electron/shared/documents.ts';
import { parseTableQuery } from '../../../../electron/shared/validation.ts';
import { coverageOf } from '../../../../electron/shared/pageCoverage.ts';

const cell = (text: string, doubtful = false) => ({ type: 'text' as const, text, value: text, ...(doubtful ? { doubtful } : {}) });
const table = (page: number, rows: readonly (readonly string[])[], doubtfulRow = -1): DocumentTable => ({
  ...{ page, name: '', start: 0, end: 10, addressed: false, columnNumbers: [1, 2] },
  rowNumbers: rows.map((_, index) => index + 1),
  rows: rows.map((row, index) => row.map((text) => cell(text, index === doubtfulRow))),
});
const first = table(1, [
  ['Room', 'Pieces'],
  ['Hall', '12'],
  ['Kitchen', '7'],
]);
const goesOn = table(2, [
  ['Room', 'Pieces'],
  ['Study', '3'],
]);

function documentOf(...sources: readonly ('text' | 'ocr')[]): TableOwner {
  const pages = sources.map((source, index) => ({ page: index + 1, source, characters: 10, warnings: [] }));
  const document = { format: 'pdf', title: '', pages, coverage: coverageOf(pages), characters: 20, warnings: [] };
  return { id: 'a', name: 'store.pdf', state: { kind: 'document', document } };
}
const picture: TableOwner = {
  id: 'a',
  name: 'store.png',
  state: { kind: 'image', image: { format: 'png', width: 10, height: 10, warnings: [] } },
};

async function said(owner: TableOwner, tables: readonly DocumentTable[], query: string): Promise<string> {
  const [placed] = await tablesOf([owner], { tables: () => Promise.resolve(tables) });
  if (placed === undefined) throw new Error('no table');
  return resultInWords(computeQuery(placed, parseTableQuery(query)));
}

const byOcr = 'The table was read by OCR, which may misread a figure or miss a row: check it against the page.';

test.each([
  ['a figure', '{"aggregate":"sum","aggregateColumn":"Pieces"}'],
  ['a count of nothing', '{"aggregate":"count","filters":[{"column":"Room","operator":"=","value":"Attic"}]}'],
  ['the whole table', '{}'],
])('%s out of a scan or a picture carries a sentence of doubt, one out of text does not', async (_what, query) => {
  expect(await said(documentOf('ocr'), [first], query)).toContain(byOcr);
  expect(await said(picture, [first], query)).toContain(byOcr);
  expect(await said(documentOf('text'), [first], query)).not.toMatch(/OCR/);
});

test('one scanned page of a table over two is enough; a scan elsewhere in the document is not', async () => {
  const count = '{"aggregate":"count"}';
  expect(await said(documentOf('text', 'ocr'), [first, goesOn], count)).toMatch(/^\*\*3\*\*[^]*read by OCR/);
  expect(await said(documentOf('text', 'text', 'ocr'), [first, goesOn], count)).not.toMatch(/OCR/);
});

test('an earlier OCR is no better than Facet’s', async () => {
  const owner = documentOf('text');
  if (owner.state.kind !== 'document') throw new Error('no document');
  const { document } = owner.state;
  const pages = document.pages.map((page) => ({ ...page, textLayer: true as const }));
  const layered: TableOwner = { ...owner, state: { kind: 'document', document: { ...document, pages } } };
  expect(await said(layered, [first], '{}')).toContain(byOcr);
});

test('a row that was hard to read is named beside it', async () => {
  const rows = table(
    1,
    [
      ['Room', 'Pieces'],
      ['Hall', '12'],
    ],
    1,
  );
  expect(await said(documentOf('ocr'), [rows], '{}')).toContain(`${byOcr} Row 2 was hard to read in the picture`);
});

test('a total that was left out is named beside the result', async () => {
  const rooms = table(1, [
    ['Room', 'Pieces'],
    ['Hall', '12'],
    ['Kitchen', '7'],
    ['Total', '19'],
  ]);
  const words = await said(documentOf('text'), [rooms], '{"aggregate":"sum","aggregateColumn":"Pieces"}');
  expect(words).toContain('**19**');
  expect(words).toMatch(/2 of 2 rows\. Row 4 only totals the others and is not counted\.$/);
});
