import { expect, it } from 'vitest';
import { zipFile } from '../../../fixtures/zipFile.ts';
import { readBytes } from './readFixture.ts';

it('text boxes on an Excel sheet are read, once', async () => {
  const box = (text: string): string =>
    `<xdr:sp><xdr:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p><a:p><a:r><a:t>Second line</a:t></a:r></a:p></xdr:txBody></xdr:sp>`;
  const { pages } = await readBytes(
    'a.xlsx',
    zipFile([
      { name: 'xl/workbook.xml', data: '<workbook><sheets><sheet name="Plan" r:id="r1"/></sheets></workbook>' },
      {
        name: 'xl/_rels/workbook.xml.rels',
        data: '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>',
      },
      { name: 'xl/worksheets/s.xml', data: '<worksheet><sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData></worksheet>' },
      {
        name: 'xl/worksheets/_rels/s.xml.rels',
        data: '<Relationships><Relationship Id="r1" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
      },
      {
        name: 'xl/drawings/drawing1.xml',
        data: `<xdr:wsDr><mc:AlternateContent><mc:Choice>${box('Fill in column B')}</mc:Choice><mc:Fallback>${box('Fill in column B')}</mc:Fallback></mc:AlternateContent></xdr:wsDr>`,
      },
    ]),
  );
  expect(pages[0]?.text).toBe('# Plan\n\n5\n\nFill in column B\nSecond line');
});

it('text boxes and comments on an OpenDocument sheet are read', async () => {
  const cell = '<table:table-cell office:value-type="string"><text:p>Total</text:p></table:table-cell>';
  const { pages } = await readBytes(
    'a.ods',
    zipFile([
      { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
      {
        name: 'content.xml',
        data: `<office:document-content><office:body><office:spreadsheet><table:table table:name="Plan"><table:shapes><draw:frame><draw:text-box><text:p>How to use this</text:p><text:p>Fill in column B</text:p></draw:text-box></draw:frame></table:shapes><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="1"/>${cell}<table:table-cell><office:annotation><dc:creator>Ann</dc:creator><text:p>Check this</text:p></office:annotation></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`,
      },
    ]),
  );
  expect(pages[0]?.text).toBe('# Plan\n\nTotal\n\nHow to use this\nFill in column B\n\n[Comment on C3: Check this]');
});
