import { assertNever } from '../../shared/assertNever.ts';
import type { ExportedTable, ExportFormat } from '../../shared/tableQuery.ts';
import { writeCsv } from './writeCsv.ts';
import { writeXlsx } from './writeXlsx.ts';

/** A cell as it leaves: what it is, and how the document wrote it. */
export interface ExportCell {
  readonly value: string | number | null;
  /** ISO 8601 for a date. */
  readonly type: 'text' | 'number' | 'date';
  /** As the document shows it, unit and all; a computed figure in plain digits. */
  readonly text: string;
}

/** A sheet with a header. */
export interface ExportSheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ExportCell[])[];
}

export interface NamedSheet {
  /** Of the file without its ending. What no file system takes is replaced. */
  readonly name: string;
  readonly sheet: ExportSheet;
  /** Inside a workbook. */
  readonly sheetName: string;
}

/** A sheet as a file. @throws FacetError invalidRequest for what no workbook holds */
export function exportSheet({ name, sheet, sheetName }: NamedSheet, format: ExportFormat): ExportedTable {
  const fileName = `${name}.${format}`.replaceAll(/[/\\:*?"<>|\p{Cc}]+/gu, '-');
  switch (format) {
    case 'csv':
      return { fileName, mime: 'text/csv', base64: Buffer.from(writeCsv(sheet)).toString('base64') };
    case 'xlsx':
      return {
        fileName,
        mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        base64: writeXlsx(sheet, sheetName).toString('base64'),
      };
    default:
      return assertNever(format, 'export format');
  }
}

/** A file's name without its ending. */
export function withoutEnding(name: string): string {
  return name.replace(/\.[^.]{1,8}$/, '');
}
