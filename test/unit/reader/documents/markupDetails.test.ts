import { expect, it } from 'vitest';
import { zipFile } from '../../../fixtures/zipFile.ts';
import { readBytes, valuesOf } from './readFixture.ts';

it('what a page hides is not read in headings and cells either, and raised figures stay apart', async () => {
  const { pages } = await readBytes(
    'a.html',
    `<html><body><h1>Price <span style="display:none">secret</span>list</h1><p>10<sup>2</sup> m<sup>2</sup>, H<sub>2</sub>O, soft&shy;hyphen</p>
<table><tr><th>Region</th><th>Amount</th></tr><tr><td>North</td><td><span style="display:none">0005</span>5</td></tr><tr><td>South<script>1</script></td><td>7</td></tr></table>
<ol start="3"><li>three</li><li value="7">seven</li></ol></body></html>`,
  );
  expect(pages[0]?.text).toMatch(/^# Price list\n\n10² m², H₂O, softhyphen\n/);
  expect(valuesOf(pages[0]?.tables[0])).toEqual([
    ['Region', 'Amount'],
    ['North', '5'],
    ['South', '7'],
  ]);
  expect(pages[0]?.text).toMatch(/3\. three\n7\. seven$/);
});

it('an e-mail has the date as it was sent', async () => {
  const { pages } = await readBytes('a.eml', 'From: a@b.c\nTo: d@e.f\nSubject: Hi\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n\nTotal 42.\n');
  expect(pages[0]?.text).toContain('Date: Tue, 3 Mar 2026 10:00:00 +0100');
});

it('a footnote of an RTF stands where its mark is', async () => {
  const { pages } = await readBytes(
    'a.rtf',
    String.raw`{\rtf1\ansi Text with note{\super\chftn{\footnote\pard\plain {\super\chftn} This is\par the note.}} goes on.\par}`,
  );
  expect(pages[0]?.text).toBe('Text with note [note: This is the note.] goes on.');
});

it('a sheet has the remarks on its cells, and its escapes are letters', async () => {
  const { pages } = await readBytes(
    'a.xlsx',
    zipFile([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'xl/workbook.xml', data: '<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>' },
      {
        name: 'xl/_rels/workbook.xml.rels',
        data: '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      },
      {
        name: 'xl/worksheets/sheet1.xml',
        data: '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>two_x000D_lines</t></is></c><c r="B1"><v>5</v></c></row></sheetData></worksheet>',
      },
      {
        name: 'xl/worksheets/_rels/sheet1.xml.rels',
        data: '<Relationships><Relationship Id="c" Type="x/comments" Target="../comments1.xml"/></Relationships>',
      },
      {
        name: 'xl/comments1.xml',
        data: '<comments><commentList><comment ref="B1"><text><r><t>check </t></r><r><t>this</t></r></text></comment></commentList></comments>',
      },
    ]),
  );
  expect(valuesOf(pages[0]?.tables[0])).toEqual([['two lines', 5]]);
  expect(pages[0]?.text).toMatch(/\[Comment on B1: check this\]$/);
});

it('a page that names its encoding after a long beginning is read in it', async () => {
  const page = `<html><head><script>${'x'.repeat(6_000)}</script><meta charset="iso-8859-15"></head><body>5 \xa4</body></html>`;
  expect((await readBytes('a.html', Buffer.from(page, 'latin1'))).pages[0]?.text).toBe('5 €');
});

it('a page that says it is UTF-8 stays so with a title of another encoding in it', async () => {
  const page = Buffer.concat([
    Buffer.from('<html><head><meta charset="utf-8"><meta name="title" content="naturgr'),
    Buffer.of(0xfc),
    Buffer.from('n"></head><body>Über uns</body></html>'),
  ]);
  expect((await readBytes('a.html', page)).pages[0]?.text).toBe('Über uns');
});

it.each(['iso-8859-1', 'windows-1251'])('a page in UTF-8 that still names %s is read as what it is', async (name) => {
  const page = `<html><head><meta charset="${name}"></head><body>Naturgrün für Gärten</body></html>`;
  expect((await readBytes('a.html', Buffer.from(page))).pages[0]?.text).toBe('Naturgrün für Gärten');
});
