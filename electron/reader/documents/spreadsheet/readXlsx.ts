import { facetError } from '../../../shared/errors.ts';
import { unreadable, type ReaderFile } from '../../fileBytes.ts';
import { createDocumentWriter } from '../documentWriter.ts';
import { allNamed, childNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';
import { openPackage, type Package } from '../package/openPackage.ts';
import { relationshipsOf } from '../package/relationships.ts';
import { officeTitle } from '../office/officeTitle.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { createCellCollector } from './collectCells.ts';
import { writeSheet } from './sheetBlocks.ts';
import { createNumberReader, prefixed, withoutEscapes, xlsxFormats } from './xlsxCells.ts';
import { xlsxComments } from './xlsxComments.ts';
import { readXlsxSheet } from './xlsxSheet.ts';
import { xlsxTextBoxes } from './xlsxTextBoxes.ts';

/** An Excel workbook, a page for each sheet, with the results that its formulas had when it was saved. @throws FacetError fileUnreadable, fileTooLarge, cancelled */
export async function readXlsx(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const xlsx = await openPackage(file);
  try {
    const main = workbookPart(xlsx);
    if (main === undefined) throw unreadable(file, 'it is a binary Excel workbook (XLSB), which is not read; save it as XLSX');
    const workbook = elementsOf(await xlsx.xml(main))[0];
    const related = await relationshipsOf(xlsx, main);
    const partOf = (type: string): string | undefined => [...related.values()].find((relation) => relation.type === type)?.target;
    const strings = await sharedStrings(xlsx, partOf('sharedStrings'));
    const calendar = childNamed(workbook, prefixed(workbook, 'workbookPr'))?.attribs['date1904'];
    const number = createNumberReader(await xlsxFormats(xlsx, partOf('styles')), calendar === '1' || calendar === 'true');
    const sheets = allNamed(workbook, prefixed(workbook, 'sheet'));
    const writer = createDocumentWriter();
    const collector = createCellCollector(file);
    for (const [index, { attribs }] of sheets.entries()) {
      if (options.signal.aborted) throw facetError('cancelled', {});
      const name = attribs['name'] ?? `Sheet ${String(index + 1)}`;
      if (index > 0) writer.breakPage();
      const part = related.get(attribs['r:id'] ?? '')?.target;
      if (attribs['state'] !== undefined && attribs['state'] !== 'visible') writer.warn('a hidden sheet');
      if (part === undefined || !/worksheets?\//.test(part)) {
        writer.warn('a sheet that holds a chart, which was not read');
      } else {
        const { withoutResult } = await readXlsxSheet(await xlsx.bytes(part), { strings, number, collector, signal: options.signal });
        if (withoutResult > 0) writer.warn(`formulas without a stored result were left out (${String(withoutResult)})`);
        const cells = collector.takeSheet();
        // A sheet's name alone is no content: an empty sheet is blank.
        if (cells.size > 0) writer.heading(1, name);
        writeSheet(cells, name, writer);
        for (const box of await xlsxTextBoxes(xlsx, part)) writer.paragraph(box);
        for (const comment of await xlsxComments(xlsx, part)) writer.paragraph(comment);
      }
      options.onPage(index + 1, sheets.length);
    }
    return { title: await officeTitle(xlsx), pages: writer.finish(), warnings: [] };
  } finally {
    xlsx.close();
  }
}

function workbookPart(xlsx: Package): string | undefined {
  return xlsx.names.find((name) => /^xl\/workbook\d*\.xml$/i.test(name));
}

/** Texts that cells refer to by number; phonetic guides are left out. */
async function sharedStrings(xlsx: Package, part: string | undefined): Promise<readonly string[]> {
  if (part === undefined || !xlsx.has(part)) return [];
  const root = elementsOf(await xlsx.xml(part))[0];
  return (root === undefined ? [] : elementsOf(root))
    .map((item) =>
      elementsOf(item)
        .filter(({ name }) => !name.endsWith('rPh'))
        .map((run) => (/(^|:)t$/.test(run.name) ? textOf(run) : allNamed(run, prefixed(root, 't')).map(textOf).join('')))
        .join(''),
    )
    .map(withoutEscapes);
}
