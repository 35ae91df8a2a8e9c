import type { ExportFormat } from '../../shared/tableQuery.ts';
import { type Option, refuse, single } from '../arguments/options.ts';

/** A file to write a table or a list to. */
export interface ExportFile {
  readonly format: ExportFormat;
  /** Null for a format alone. */
  readonly file: string | null;
}

/** A file whose ending says the format. @throws FacetError invalidRequest */
export function exportFileOption(help: string): Option<ExportFile | null> {
  return single(
    'FILE.csv|FILE.xlsx',
    help,
    (value, name) => fileOf(value) ?? refuse(name, `must be a file that ends in .csv or .xlsx, not "${value}"`),
  );
}

/** The same, or the format alone. @throws FacetError invalidRequest */
export function exportFormatOption(help: string): Option<ExportFile | null> {
  return single('csv|xlsx|FILE', help, (value, name) => {
    const word = value.toLowerCase();
    if (word === 'csv' || word === 'xlsx') return { format: word, file: null };
    return fileOf(value) ?? refuse(name, `must be csv, xlsx, or a file that ends in one of them, not "${value}"`);
  });
}

function fileOf(value: string): ExportFile | null {
  const [, ending] = /[^/\\]\.(csv|xlsx)$/i.exec(value) ?? [];
  return ending === undefined ? null : { format: ending.toLowerCase() === 'csv' ? 'csv' : 'xlsx', file: value };
}
