import { expect, it } from 'vitest';
import { numberInFormat } from '../../../../electron/reader/documents/office/numberInFormat.ts';
import { zipFile } from '../../../fixtures/zipFile.ts';
import { readBytes } from './readFixture.ts';

const run = (text: string, properties = ''): string => `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (inner: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr>${inner}</w:p>`;

function docx(body: string, parts: Readonly<Record<string, string>> = {}): Buffer {
  const relations = Object.keys(parts).map(
    (name, index) => `<Relationship Id="r${String(index)}" Type="x/${name.replace(/\d*\.xml$/, '')}" Target="${name}"/>`,
  );
  return zipFile([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: 'word/_rels/document.xml.rels', data: `<Relationships>${relations.join('')}</Relationships>` },
    { name: 'word/document.xml', data: `<w:document><w:body>${body}</w:body></w:document>` },
    ...Object.entries(parts).map(([name, data]) => ({ name: `word/${name}`, data })),
  ]);
}
const read = async (...file: Parameters<typeof docx>) => {
  const { pages, warnings } = await readBytes('a.docx', docx(...file));
  return { texts: pages.map(({ text }) => text), warnings: warnings.filter((warning) => !warning.includes('where its pages end')) };
};

it('comments stand after the paragraph that they are on, headers first and footers last', async () => {
  const { texts } = await read(
    paragraph(`${run('The rent is 900.')}<w:r><w:commentReference w:id="4"/></w:r>`) + paragraph(run('Signed.')),
    {
      'comments.xml': `<w:comments><w:comment w:id="4" w:author="Anna">${paragraph(run('too much?'))}</w:comment></w:comments>`,
      'header1.xml': `<w:hdr>${paragraph(run('Confidential draft'))}</w:hdr>`,
      'header2.xml': `<w:hdr>${paragraph(run('Confidential draft'))}</w:hdr>`,
      'footer1.xml': `<w:ftr>${paragraph(run('Page 3 of 9'))}</w:ftr>`,
      'footer2.xml': `<w:ftr>${paragraph(run('Version seven'))}</w:ftr>`,
    },
  );
  expect(texts).toEqual([
    '[Header: Confidential draft]\n\nThe rent is 900.\n\n[Comment by Anna: too much?]\n\nSigned.\n\n[Footer: Version seven]',
  ]);
});

it('tells of deleted and hidden text, which is left out, and keeps raised figures apart', async () => {
  const changed = `${run('Rent: ')}<w:del><w:r><w:delText>900</w:delText></w:r></w:del><w:ins>${run('950')}</w:ins>`;
  const raised = `${run('10')}${run('2', '<w:vertAlign w:val="superscript"/>')}${run(' H')}${run('2', '<w:vertAlign w:val="subscript"/>')}${run('O, 1')}${run('st', '<w:vertAlign w:val="superscript"/>')}`;
  const { texts, warnings } = await read(
    paragraph(changed) + paragraph(run('not seen', '<w:vanish/>') + run('seen', '<w:vanish w:val="0"/>')) + paragraph(raised),
  );
  expect(texts).toEqual(['Rent: 950\n\nseen\n\n10² H₂O, 1st']);
  expect(warnings).toEqual([
    'it has tracked changes: deleted text was left out, and added text was read',
    'text that its author hid was left out',
  ]);
});

it('gives the numbers that Word shows, over all lists of one kind', async () => {
  const level = (depth: number, format: string, text: string): string =>
    `<w:lvl w:ilvl="${String(depth)}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const kind = `<w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2')}${level(2, 'lowerLetter', '(%3)')}</w:abstractNum>`;
  const number = (id: number, more = ''): string => `<w:num w:numId="${String(id)}"><w:abstractNumId w:val="1"/>${more}</w:num>`;
  const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
  const item = (text: string, depth: number, list = 7): string =>
    paragraph(run(text), `<w:numPr><w:ilvl w:val="${String(depth)}"/><w:numId w:val="${String(list)}"/></w:numPr>`);
  const { texts } = await read(
    item('Terms', 0) +
      item('Parties', 0) +
      item('Owner', 1) +
      item('Tenant', 1) +
      item('pays', 2) +
      item('leaves', 2) +
      item('Other', 1) +
      item('Goes on', 0, 8) +
      item('Anew', 0, 9),
    { 'numbering.xml': `<w:numbering>${kind}${number(7)}${number(8)}${number(9, restart)}</w:numbering>` },
  );
  expect(texts[0]?.split('\n').map((line) => line.trim())).toEqual([
    '1. Terms',
    '2. Parties',
    '2.1 Owner',
    '2.2 Tenant',
    '(a) pays',
    '(b) leaves',
    '2.3 Other',
    '3. Goes on',
    '1. Anew',
  ]);
});

it.each([
  [1, 'lowerLetter', 'a'],
  [27, 'upperLetter', 'AA'],
  [1994, 'lowerRoman', 'mcmxciv'],
  [4, 'upperRoman', 'IV'],
  [7, 'decimalZero', '07'],
  [3, 'chineseCounting', '3'],
])('%i as %s is %s', (value, format, written) => {
  expect(numberInFormat(value, format)).toBe(written);
});
