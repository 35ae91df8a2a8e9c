import { expect, it } from 'vitest';
import { zipFile } from '../../../fixtures/zipFile.ts';
import { readBytes, valuesOf } from './readFixture.ts';

const points = (...texts: readonly string[]): string =>
  texts.map((text, index) => (text === '' ? '' : `<c:pt idx="${String(index)}"><c:v>${text}</c:v></c:pt>`)).join('');
const series = (name: string, categories: string, values: string): string =>
  `<c:ser><c:tx><c:strRef><c:strCache>${points(name)}</c:strCache></c:strRef></c:tx>${categories}<c:val><c:numRef><c:numCache><c:formatCode>0.0%</c:formatCode>${values}</c:numCache></c:numRef></c:val></c:ser>`;
const years = `<c:cat><c:strRef><c:strCache>${points('2024', '2025', '2026')}</c:strCache></c:strRef></c:cat>`;
const chart = (inner: string): string =>
  `<c:chartSpace><c:chart><c:title><a:p><a:r><a:t>Share of </a:t></a:r><a:r><a:t>rent</a:t></a:r></a:p></c:title><c:plotArea><c:barChart>${inner}</c:barChart></c:plotArea></c:chart></c:chartSpace>`;

const slides = (part: string | null): Uint8Array =>
  zipFile([
    { name: 'ppt/presentation.xml', data: '<p:presentation><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>' },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      data: '<Relationships><Relationship Id="r1" Type="x/slide" Target="slides/slide1.xml"/></Relationships>',
    },
    {
      name: 'ppt/slides/slide1.xml',
      data: '<p:sld><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Words</a:t></a:r></a:p></p:txBody></p:sp><p:graphicFrame><a:graphic><a:graphicData><c:chart r:id="r2"/></a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld></p:sld>',
    },
    {
      name: 'ppt/slides/_rels/slide1.xml.rels',
      data: '<Relationships><Relationship Id="r2" Type="x/chart" Target="../charts/chart1.xml"/></Relationships>',
    },
    ...(part === null ? [] : [{ name: 'ppt/charts/chart1.xml', data: part }]),
  ]);

it('a chart on a slide is read as the table that it draws, with its gaps', async () => {
  const part = chart(series('North', years, points('0.25', '', '0.5')) + series('South', years, points('0.1', '0.2', '0.3')));
  const { pages } = await readBytes('a.pptx', slides(part));
  expect(pages[0]?.warnings).toEqual([]);
  expect(pages[0]?.text).toBe(
    'Words\n\nShare of rent\n\n|  | North | South |\n| --- | --- | --- |\n| 2024 | 25.0% | 10.0% |\n| 2025 |  | 20.0% |\n| 2026 | 50.0% | 30.0% |',
  );
  expect(valuesOf(pages[0]?.tables[0])[3]).toEqual(['2026', 0.5, 0.3]);
});

it('series with categories of their own stand under one another', async () => {
  const other = `<c:cat><c:strRef><c:strCache>${points('May', 'June')}</c:strCache></c:strRef></c:cat>`;
  const { pages } = await readBytes(
    'a.pptx',
    slides(chart(series('A', years, points('1', '2', '3')) + series('B', other, points('4', '5')))),
  );
  expect(valuesOf(pages[0]?.tables[0])).toEqual([
    ['Series', 'Category', 'Value'],
    ['A', '2024', 1],
    ['A', '2025', 2],
    ['A', '2026', 3],
    ['B', 'May', 4],
    ['B', 'June', 5],
  ]);
});

it.each([
  ['without values', chart('<c:ser/>')],
  ['that is not there', null],
])('a chart %s is told', async (_which, part) => {
  expect((await readBytes('a.pptx', slides(part))).pages[0]?.warnings).toEqual(['a chart on it was not read']);
});

it('a chart in a Word document stands after its paragraph', async () => {
  const { pages, warnings } = await readBytes(
    'a.docx',
    zipFile([
      { name: '[Content_Types].xml', data: '<Types/>' },
      {
        name: 'word/_rels/document.xml.rels',
        data: '<Relationships><Relationship Id="r3" Type="x/chart" Target="charts/chart1.xml"/></Relationships>',
      },
      { name: 'word/charts/chart1.xml', data: chart(series('North', years, points('0.25', '0.5', '1'))) },
      {
        name: 'word/document.xml',
        data: '<w:document><w:body><w:p><w:r><w:t>Before</w:t></w:r><w:r><w:drawing><a:graphicData><c:chart r:id="r3"/></a:graphicData></w:drawing></w:r></w:p><w:p><w:r><w:t>After</w:t></w:r></w:p></w:body></w:document>',
      },
    ]),
  );
  expect(pages[0]?.text).toBe(
    'Before\n\nShare of rent\n\n|  | North |\n| --- | --- |\n| 2024 | 25.0% |\n| 2025 | 50.0% |\n| 2026 | 100.0% |\n\nAfter',
  );
  expect(warnings.join()).not.toContain('pictures');
});
