import type { TableCell } from '../../shared/documents.ts';

/** Rows as a Markdown table; the first row is its header. Rows have the same number of cells. */
export function markdownTable(rows: readonly (readonly TableCell[])[]): string {
  const [header = [], ...body] = rows.map((row) => row.map(({ text }) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|')));
  const lines = [header, header.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

/** Rows of any length as rows of the longest one's length. */
export function evenRows(rows: readonly (readonly TableCell[])[]): readonly (readonly TableCell[])[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const empty: TableCell = { type: 'empty', text: '', value: null };
  return rows.map((row) => (row.length === columns ? row : [...row, ...new Array<TableCell>(columns - row.length).fill(empty)]));
}
