import papaparse from 'papaparse';
import { unreadable, readWholeFile, type ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';
import { decodeText } from '../text/decodeText.ts';
import { createDocumentWriter, textCell } from '../documentWriter.ts';
import { encodingWarnings } from '../text/encodingWarnings.ts';
import type { Extracted } from '../readOptions.ts';
import { createCellCollector } from './collectCells.ts';
import { writeSheet } from './sheetBlocks.ts';

/** A table of values divided by commas, semicolons, tabs or bars, on one page. @throws FacetError fileUnreadable, fileTooLarge */
export async function readCsv(file: ReaderFile, format: 'csv' | 'tsv'): Promise<Extracted> {
  const { text, ...decoded } = decodeText(await readWholeFile(file, readerLimits.textBytes));
  // The line that Excel puts first to say what divides the values.
  const announced = /^sep=(.)\n/i.exec(text);
  const table = announced === null ? text : text.slice(announced[0].length);
  const delimiter = announced?.[1] ?? (format === 'tsv' ? '\t' : guessDelimiter(table));
  const { data, errors } = papaparse.parse<string[]>(table, { delimiter });
  const quotes = errors.find(({ type }) => type === 'Quotes');
  if (quotes !== undefined && data.length <= 1) throw unreadable(file, 'its quotation marks do not close');
  const collector = createCellCollector(file);
  const firstRow = announced === null ? 1 : 2;
  for (const [row, values] of data.entries())
    for (const [column, value] of values.entries()) collector.add(row + firstRow, column + 1, textCell(value));
  const writer = createDocumentWriter();
  writeSheet(collector.takeSheet(), '', writer);
  const warnings = quotes === undefined ? [] : [`quotation marks do not match from row ${String((quotes.row ?? 0) + firstRow)} on`];
  return { title: '', pages: writer.finish(), warnings: [...encodingWarnings(decoded), ...warnings] };
}

/** Rows that are looked at. */
const guessRows = 50;

/** The mark that divides the first rows into the same number of values, more than one, without a fault in their quotation marks. */
function guessDelimiter(text: string): string {
  let best = { delimiter: ',', even: 0, columns: 1 };
  for (const delimiter of [',', ';', '\t', '|']) {
    const { data, errors } = papaparse.parse<string[]>(text, { delimiter, preview: guessRows, skipEmptyLines: true });
    const lengths = data.map((row) => row.length).sort((a, b) => a - b);
    const columns = lengths[Math.floor(lengths.length / 2)] ?? 1;
    const faults = errors.filter(({ type }) => type === 'Quotes').length;
    const even = columns < 2 ? 0 : (lengths.filter((length) => length === columns).length - faults) / lengths.length;
    if (even > best.even || (even === best.even && columns > best.columns)) best = { delimiter, even, columns };
  }
  return best.delimiter;
}
