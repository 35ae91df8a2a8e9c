import { setImmediate } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import type { TableCell } from '../../../shared/documents.ts';
import { facetError } from '../../../shared/errors.ts';
import { textCell } from '../documentWriter.ts';
import { decodeMarkup } from '../markup/decodeMarkup.ts';
import type { CellCollector } from './collectCells.ts';
import { type NumberReader, withoutEscapes } from './xlsxCells.ts';

/** Letters of the sheet that are parsed in one go: a few milliseconds. */
const pieceLength = 256 * 1024;

export interface SheetReading {
  readonly strings: readonly string[];
  readonly number: NumberReader;
  readonly collector: CellCollector;
  readonly signal: AbortSignal;
}

/** Reads the cells of a sheet as they come, without a tree of them. @throws FacetError fileTooLarge, cancelled */
export async function readXlsxSheet(bytes: Uint8Array, reading: SheetReading): Promise<{ readonly withoutResult: number }> {
  const { strings, number, collector, signal } = reading;
  let row = 0;
  let column = 0;
  let type = 'n';
  let style = 0;
  let value = '';
  let hasFormula = false;
  let taking = false;
  let withoutResult = 0;

  const cellOf = (): TableCell => {
    switch (type) {
      case 's':
        return textCell(strings[Number(value)] ?? '');
      case 'str':
      case 'inlineStr':
        return textCell(withoutEscapes(value));
      case 'b':
        return { type: 'boolean', text: value === '1' ? 'TRUE' : 'FALSE', value: value === '1' };
      case 'd':
        return { type: 'date', text: value, value };
      case 'n': {
        const parsed = Number(value);
        return value === '' || !Number.isFinite(parsed) ? textCell(value) : number(parsed, style);
      }
      // Errors such as #REF!.
      default:
        return textCell(value);
    }
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        switch (local(name)) {
          case 'row':
            row = Number(attributes['r'] ?? row + 1) || row + 1;
            column = 0;
            break;
          case 'c': {
            const address = /^([A-Z]{1,3})(\d+)$/.exec(attributes['r'] ?? '');
            column = address === null ? column + 1 : columnNumber(address[1] ?? '');
            if (address !== null) row = Number(address[2]);
            type = attributes['t'] ?? 'n';
            style = Number(attributes['s'] ?? 0) || 0;
            value = '';
            hasFormula = false;
            break;
          }
          case 'v':
          case 't':
            taking = true;
            break;
          case 'f':
            hasFormula = true;
            break;
          default:
            break;
        }
      },
      ontext: (text) => {
        if (taking) value += text;
      },
      onclosetag: (name) => {
        switch (local(name)) {
          case 'v':
          case 't':
            taking = false;
            break;
          case 'c':
            if (value !== '') collector.add(row, column, cellOf());
            else if (hasFormula) withoutResult += 1;
            break;
          default:
            break;
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  const text = decodeMarkup(bytes);
  for (let start = 0; start < text.length; start += pieceLength) {
    if (signal.aborted) throw facetError('cancelled', {});
    parser.write(text.slice(start, start + pieceLength));
    await setImmediate();
  }
  parser.end();
  return { withoutResult };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
