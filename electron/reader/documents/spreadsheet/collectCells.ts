import type { TableCell } from '../../../shared/documents.ts';
import { facetError } from '../../../shared/errors.ts';
import type { ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';
import type { SheetCells } from './sheetBlocks.ts';

/** Takes the cells of a workbook's sheets. */
export interface CellCollector {
  /** An empty cell is not kept. @throws FacetError fileTooLarge over the number of cells of a workbook */
  add(row: number, column: number, cell: TableCell): void;
  /** The cells since the last call. */
  takeSheet(): SheetCells;
}

export function createCellCollector(file: ReaderFile): CellCollector {
  let sheet = new Map<number, Map<number, TableCell>>();
  let count = 0;
  return {
    add: (row, column, cell) => {
      if (cell.text.trim() === '') return;
      count += 1;
      if (count > readerLimits.cells)
        throw facetError('fileTooLarge', { file: file.name, unit: 'cells', limit: readerLimits.cells, actual: count });
      const cells = sheet.get(row) ?? new Map<number, TableCell>();
      sheet.set(row, cells);
      cells.set(column, cell);
    },
    takeSheet: () => {
      const taken = sheet;
      sheet = new Map();
      return taken;
    },
  };
}
