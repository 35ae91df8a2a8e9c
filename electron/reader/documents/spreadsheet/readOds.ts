import type { Element } from 'domhandler';
import type { TableCell } from '../../../shared/documents.ts';
import { facetError } from '../../../shared/errors.ts';
import type { ReaderFile } from '../../fileBytes.ts';
import { createDocumentWriter, textCell } from '../documentWriter.ts';
import { allNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';
import { odfTitle, openOdf } from '../office/openOdf.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { createCellCollector, type CellCollector } from './collectCells.ts';
import { besideCells } from './odsBeside.ts';
import { repeated } from './odsRepeats.ts';
import { writeSheet } from './sheetBlocks.ts';

/** Repeated cells with content are written this many times at most; empty ones may be repeated to the edge of the sheet. */
const mostRepeated = 10_000;

/** A spreadsheet of OpenDocument (ODS), a page for each sheet. @throws FacetError fileUnreadable, fileTooLarge, cancelled */
export async function readOds(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const odf = await openOdf(file);
  try {
    const sheets = allNamed(await odf.xml('content.xml'), 'table:table');
    const writer = createDocumentWriter();
    const collector = createCellCollector(file);
    for (const [index, sheet] of sheets.entries()) {
      if (options.signal.aborted) throw facetError('cancelled', {});
      if (index > 0) writer.breakPage();
      const name = sheet.attribs['table:name'] ?? `Sheet ${String(index + 1)}`;
      collectSheet(sheet, collector);
      const cells = collector.takeSheet();
      if (cells.size > 0) writer.heading(1, name);
      writeSheet(cells, name, writer);
      for (const beside of besideCells(sheet)) writer.paragraph(beside);
      options.onPage(index + 1, sheets.length);
    }
    return { title: await odfTitle(odf), pages: writer.finish(), warnings: [] };
  } finally {
    odf.close();
  }
}

function collectSheet(sheet: Element, collector: CellCollector): void {
  let row = 1;
  for (const line of allNamed(sheet, 'table:table-row')) {
    const times = repeated(line, 'table:number-rows-repeated');
    const cells: { readonly column: number; readonly cell: TableCell }[] = [];
    let column = 1;
    for (const element of elementsOf(line)) {
      if (!/^table:(covered-)?table-cell$/.test(element.name)) continue;
      const count = repeated(element, 'table:number-columns-repeated');
      const cell = element.name === 'table:table-cell' ? cellOf(element) : textCell('');
      if (cell.type !== 'empty')
        for (let step = 0; step < Math.min(count, mostRepeated); step += 1) cells.push({ column: column + step, cell });
      column += count;
    }
    if (cells.length > 0)
      for (let step = 0; step < Math.min(times, mostRepeated); step += 1)
        for (const { column: at, cell } of cells) collector.add(row + step, at, cell);
    row += times;
  }
}

function cellOf(element: Element): TableCell {
  const text = elementsOf(element)
    .filter(({ name }) => name === 'text:p')
    .map(textOf)
    .join(' ');
  const { attribs } = element;
  const value = attribs['office:value'];
  switch (attribs['office:value-type']) {
    case 'float':
    case 'currency':
    case 'percentage':
      return value === undefined || !Number.isFinite(Number(value))
        ? textCell(text)
        : { type: 'number', text: text || value, value: Number(value) };
    case 'date': {
      const date = attribs['office:date-value'] ?? '';
      return date === '' ? textCell(text) : { type: 'date', text: text || date, value: date };
    }
    case 'time': {
      const time = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/.exec(attribs['office:time-value'] ?? '');
      if (time === null) return textCell(text);
      return {
        type: 'date',
        text,
        value: time
          .slice(1)
          .map((part) => part.padStart(2, '0'))
          .join(':'),
      };
    }
    case 'boolean':
      return { type: 'boolean', text, value: attribs['office:boolean-value'] === 'true' };
    default:
      return textCell(text);
  }
}
