import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellAddress } from '../../../../electron/shared/documents.ts';
import { zipFile } from '../../../fixtures/zipFile.ts';
import { fixtureFolder, readBytes, readFile, valuesOf } from './readFixture.ts';

const read = (name: string) => readFile(path.join(fixtureFolder, name));

describe('DOCX', () => {
  it('keeps headings, lists, tables and the pages of the last layout, and leaves deleted words out', async () => {
    const { format, title, pages, warnings } = await read('tenancy.docx');
    const tracked = 'it has tracked changes: deleted text was left out, and added text was read';
    expect([format, title, warnings]).toEqual(['docx', 'Tenancy', [tracked]]);
    expect(pages.map(({ text }) => text)).toEqual([
      [
        '# Tenancy agreement',
        'The rent is due on the third day of each month.',
        '1. Keys\n2. Deposit\n- No pets',
        '| Room | Area | Note |\n| --- | --- | --- |\n| Kitchen | 12 m² | tiled \\| warm |\n| Hall | 7 m² |  |',
        '| Both |  | Last |\n| --- | --- | --- |\n| a | b | c |',
        'Kept words.',
      ].join('\n\n'),
      '## Second page\n\nSigned in Rivertown.',
    ]);
    expect(pages[1]?.headings).toEqual([{ level: 2, text: 'Second page', offset: 0 }]);
    expect(valuesOf(pages[0]?.tables[0])[1]).toEqual(['Kitchen', '12 m²', 'tiled | warm']);
  });

  it('says where a table stands in the text', async () => {
    const { pages } = await read('tenancy.docx');
    const [first] = pages;
    for (const { start, end } of first?.tables ?? []) expect(first?.text.slice(start, end)).toMatch(/^\| [^]* \|$/);
  });

  it('reads footnotes, text boxes and numbered headings, and tells that pages are not told', async () => {
    const paragraph = (inner: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr>${inner}</w:p>`;
    const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
    const numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr><w:outlineLvl w:val="1"/>';
    const { pages, warnings } = await readBytes(
      'a.docx',
      zipFile([
        { name: '[Content_Types].xml', data: '<Types/>' },
        {
          name: 'word/_rels/document.xml.rels',
          data: '<Relationships><Relationship Id="r1" Type="x/footnotes" Target="footnotes.xml"/></Relationships>',
        },
        {
          name: 'word/footnotes.xml',
          data: `<w:footnotes><w:footnote w:id="2">${paragraph(run('see page 9'))}</w:footnote></w:footnotes>`,
        },
        {
          name: 'word/document.xml',
          data: `<w:document><w:body>${paragraph(run('Scope'), numbered)}${paragraph(
            `${run('A &amp; B')}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/></w:r>${run('end')}`,
          )}${paragraph(`<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>${paragraph(run('boxed'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${paragraph(run('boxed'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`)}</w:body></w:document>`,
        },
      ]),
    );
    expect(pages.map(({ text }) => text)).toEqual(['## 1. Scope\n\nA & B[note 2]\tend\n\nboxed\n\n[note 2] see page 9']);
    expect(warnings).toEqual(['the file does not tell where its pages end: only breaks set by hand are counted']);
  });
});

it('a DOCX whose parts have numbers in their names is one all the same', async () => {
  const { format, pages } = await readBytes(
    'a.docx',
    zipFile([
      { name: '[Content_Types].xml', data: '<Types/>' },
      {
        name: 'word/styles2.xml',
        data: '<w:styles><w:style w:styleId="T"><w:name w:val="heading 2"/></w:style></w:styles>',
      },
      {
        name: 'word/document2.xml',
        data: '<w:document><w:body><w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Scope</w:t></w:r></w:p></w:body></w:document>',
      },
    ]),
  );
  expect([format, pages[0]?.text]).toEqual(['docx', '## Scope']);
});

describe('XLSX', () => {
  it('has a page for each sheet, cells with types, and tables with their addresses', async () => {
    const { pages, coverage } = await read('sales.xlsx');
    expect(coverage).toMatchObject({ pages: 3, text: 2, blank: 1 });
    expect(pages[0]?.text).toBe(
      [
        '# Sales',
        [
          '| Day | Item | Count | Price | Paid |',
          '| --- | --- | --- | --- | --- |',
          '| 01.03.2026 | Apple | 3 | 1.5 | TRUE |',
          '| 2026-03-02 9:30:00 | Pear \\| ripe | 1,200 | 25% | FALSE |',
        ].join('\n'),
        'Note: prices without tax',
        '| Town | Shops |\n| --- | --- |\n| Rivertown | 4 |',
      ].join('\n\n'),
    );
    const [sales, towns] = pages[0]?.tables ?? [];
    expect(valuesOf(sales).slice(1)).toEqual([
      ['2026-03-01', 'Apple', 3, 1.5, true],
      ['2026-03-02T09:30:00', 'Pear | ripe', 1200, 0.25, false],
    ]);
    expect(sales?.rows[1]?.map(({ type }) => type)).toEqual(['date', 'text', 'number', 'number', 'boolean']);
    expect([towns?.rowNumbers, towns?.columnNumbers, towns?.addressed]).toEqual([[9, 10], [4, 5], true]);
    expect(cellAddress(towns?.rowNumbers[1] ?? 0, towns?.columnNumbers[0] ?? 0)).toBe('D10');
    expect(pages[0]?.warnings).toEqual(['formulas without a stored result were left out (1)']);
    expect(pages[2]?.warnings).toEqual(['a hidden sheet']);
  });

  it('names columns beyond Z', () => {
    expect([1, 26, 27, 702, 703, 16_384].map((column) => cellAddress(1, column))).toEqual(['A1', 'Z1', 'AA1', 'ZZ1', 'AAA1', 'XFD1']);
  });

  it('does not fill the sheet between two cells far apart', async () => {
    const rows = Array.from(
      { length: 2_000 },
      (_, row) => `<row r="${String(row + 1)}"><c r="${row % 2 === 0 ? 'A' : 'XFD'}${String(row + 1)}"><v>1</v></c></row>`,
    );
    const wide = Array.from(
      { length: 1_500 },
      (_, row) =>
        `<row r="${String(row + 1)}"><c r="${String.fromCharCode(65 + (row % 26))}${String.fromCharCode(65 + (Math.floor(row / 26) % 26))}${String(row + 1)}"><v>7</v></c></row>`,
    );
    const workbook = (sheet: string) =>
      zipFile([
        { name: 'xl/workbook.xml', data: '<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>' },
        {
          name: 'xl/_rels/workbook.xml.rels',
          data: '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>',
        },
        { name: 'xl/worksheets/s.xml', data: `<worksheet><sheetData>${sheet}</sheetData></worksheet>` },
      ]);
    const two = await readBytes('a.xlsx', workbook(rows.join('')));
    expect(two.pages[0]?.tables[0]?.columnNumbers).toEqual([1, 16_384]);
    const many = await readBytes('a.xlsx', workbook(wide.join('')));
    expect(many.pages[0]?.tables).toEqual([]);
    expect(many.pages[0]?.text.match(/7/g)?.length).toBe(1_500);
  });
});

describe('PPTX', () => {
  it('has a page for each slide, with its title, lists, tables and notes', async () => {
    const { title, pages } = await read('plans.pptx');
    expect(title).toBe('Plans');
    expect(pages.map(({ text }) => text)).toEqual([
      '# Next year\n\n- Open a shop\n  - in Rivertown\n\nNotes: Say why Rivertown.',
      '# Costs\n\n| What | EUR |\n| --- | --- |\n| Rent | 12,000 |',
    ]);
    expect(valuesOf(pages[1]?.tables[0])).toEqual([
      ['What', 'EUR'],
      ['Rent', '12,000'],
    ]);
  });
});

describe('OpenDocument', () => {
  it('reads a text with its lists, tables, spaces and pages', async () => {
    const { format, pages, warnings } = await read('letter.odt');
    expect([format, warnings]).toEqual(['odt', []]);
    expect(pages.map(({ text }) => text)).toEqual([
      '# Letter\n\nDear reader,  this\nis it.\n\n- one\n- two\n\n| What | EUR |\n| --- | --- |\n| Rent | 1,250 |',
      'On page two.',
    ]);
    expect(pages[0]?.tables[0]?.name).toBe('Prices');
  });

  it('reads a sheet with typed cells, over a million empty rows', async () => {
    const { pages } = await read('stock.ods');
    expect(pages[0]?.text).toBe('# Stock\n\n| Item | Weight | Since |\n| --- | --- | --- |\n| Flour | 2,5 kg | 01.02.26 |\n\nfar below');
    expect(valuesOf(pages[0]?.tables[0])[1]).toEqual(['Flour', 2.5, '2026-02-01']);
  });

  it('reads slides with their notes', async () => {
    const slide = (title: string, words: string): string =>
      `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>${title}</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>${words}</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>say it</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>`;
    const { format, pages } = await readBytes(
      'a.odp',
      zipFile([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.presentation' },
        {
          name: 'content.xml',
          data: `<office:document-content><office:body>${slide('One', 'a b')}${slide('Two', 'c')}</office:body></office:document-content>`,
        },
      ]),
    );
    expect(format).toBe('odp');
    expect(pages.map(({ text }) => text)).toEqual(['# One\n\na b\n\nNotes: say it', '# Two\n\nc\n\nNotes: say it']);
  });
});

describe('EPUB', () => {
  it('has a page for each chapter in the order of the book', async () => {
    const { title, pages } = await read('mill.epub');
    expect(title).toBe('The mill');
    expect(pages.map(({ text }) => text)).toEqual(['# One\n\nThe mill stood\nby the river.', '## Two\n\n- flour\n- water']);
  });
});
