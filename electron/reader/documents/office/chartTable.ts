import type { Document, Element } from 'domhandler';
import type { TableCell } from '../../../shared/documents.ts';
import { oneLine, textCell, type DocumentWriter, type TableContent } from '../documentWriter.ts';
import { allNamed, childNamed, textOf } from '../markup/parseMarkup.ts';
import { createNumberReader } from '../spreadsheet/xlsxCells.ts';

/** A chart draws no more points than this that anybody could tell apart. */
const mostPoints = 10_000;

/**
 * What a chart of an Office file draws, as it was when the file was saved: a row for each category, a column for each series, by its title. Null for one
 * that keeps no values.
 */
export function chartTable(chart: Document): TableContent | null {
  const from1904 = allNamed(chart, 'c:date1904')[0]?.attribs['val'];
  const reader = { from1904: from1904 === '1' || from1904 === 'true' };
  const series = allNamed(chart, 'c:ser').map((one) => ({
    name: oneLine(allNamed(childNamed(one, 'c:tx'), 'c:v').map(textOf).join(' ')),
    categories: pointsOf(childNamed(one, 'c:cat') ?? childNamed(one, 'c:xVal'), reader),
    values: pointsOf(childNamed(one, 'c:val') ?? childNamed(one, 'c:yVal'), reader),
  }));
  if (series.every(({ values }) => values.size === 0)) return null;
  const title = oneLine(allNamed(allNamed(chart, 'c:title')[0], 'a:t').map(textOf).join(''));
  // Series of a scatter chart have places of their own: their points stand under one another.
  const shared = series.every(({ categories }) => sameCells(categories, series[0]?.categories));
  const rows = shared
    ? [
        [textCell(''), ...series.map(({ name }) => textCell(name))],
        ...indexesOf(series).map((index) => [
          series[0]?.categories.get(index) ?? textCell(String(index + 1)),
          ...series.map(({ values }) => values.get(index) ?? textCell('')),
        ]),
      ]
    : [
        ['Series', ...(allNamed(chart, 'c:xVal').length > 0 ? ['x', 'y'] : ['Category', 'Value'])].map(textCell),
        ...series.flatMap((one) =>
          indexesOf([one]).map((index) => [
            textCell(one.name),
            one.categories.get(index) ?? textCell(String(index + 1)),
            one.values.get(index) ?? textCell(''),
          ]),
        ),
      ];
  return { name: title, rows };
}

/** The chart's title and its table. */
export function writeChart(chart: TableContent, writer: DocumentWriter): void {
  writer.paragraph(chart.name);
  writer.table(chart);
}

type Points = ReadonlyMap<number, TableCell>;

interface Series {
  readonly categories: Points;
  readonly values: Points;
}

/** The cached points of a series by their number from 0; of categories in several levels, the lowest. */
function pointsOf(source: Element | undefined, { from1904 }: { readonly from1904: boolean }): Points {
  const level = allNamed(source, 'c:lvl')[0] ?? source;
  const isNumber = allNamed(source, 'c:numCache').length > 0 || allNamed(source, 'c:numLit').length > 0;
  const usual = allNamed(source, 'c:formatCode').map(textOf)[0] ?? 'General';
  const points = new Map<number, TableCell>();
  for (const point of allNamed(level, 'c:pt').slice(0, mostPoints)) {
    const text = textOf(childNamed(point, 'c:v'));
    const value = Number(text);
    const cell =
      isNumber && text.trim() !== '' && Number.isFinite(value)
        ? createNumberReader([point.attribs['formatCode'] ?? usual], from1904)(value, 0)
        : textCell(text);
    points.set(Number(point.attribs['idx'] ?? points.size), cell);
  }
  return points;
}

function indexesOf(series: readonly Series[]): readonly number[] {
  const indexes = new Set(series.flatMap(({ categories, values }) => [...categories.keys(), ...values.keys()]));
  return [...indexes].sort((a, b) => a - b).slice(0, mostPoints);
}

function sameCells(one: Points, other: Points | undefined): boolean {
  return one.size === 0 || other === undefined || [...one].every(([index, { text }]) => other.get(index)?.text === text);
}
