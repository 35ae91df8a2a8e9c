import { type ExportFormat, type TableSummary, wholeTable } from '../../shared/tableQuery.ts';
import { tableDoubt } from '../../shared/ocrDoubt.ts';
import type { AppClient } from '../appClient.ts';
import { refuse } from '../arguments/options.ts';
import type { ReadInput } from './attachInputs.ts';
import type { CommandContext } from './command.ts';
import { writeNewFile } from './writeNewFile.ts';

/** What `facet read --export` was told. */
export interface ExportWish {
  readonly format: ExportFormat;
  /** Null for the only one. */
  readonly table: number | null;
  /** Null or `-` for standard output. */
  readonly output: string | null;
  readonly json: boolean;
}

/** Writes one table of a document as a file. @throws FacetError invalidRequest for a table that is not there or not chosen, diskFailed */
export async function exportTable(app: AppClient, input: ReadInput, wish: ExportWish, context: CommandContext): Promise<void> {
  const { output } = context;
  const toFile = wish.output !== null && wish.output !== '-';
  if (wish.json && !toFile) refuse('--json', 'needs --output FILE: standard output cannot hold both');
  if (wish.format === 'xlsx' && !toFile && output.isTerminal) refuse('--output', 'is needed: a workbook is nothing for a terminal');
  const attachmentId = input.attachment.id;
  const tables = await app.request('table.describe', { attachmentId }, context.signal);
  const { table, rows, recognized = false } = chosen(tables, wish.table, input.file);
  const { base64 } = await app.request('table.export', { attachmentId, query: wholeTable(table), format: wish.format }, context.signal);
  const bytes = Buffer.from(base64, 'base64');
  const doubt = recognized ? tableDoubt({ recognized }) : null;
  if (doubt !== null && !wish.json) output.note(`facet: note: ${doubt}`);
  if (!toFile) {
    output.bytes(bytes);
    return;
  }
  const file = await writeNewFile(wish.output, bytes, context);
  if (wish.json) output.json({ file, table, rows, ...(doubt === null ? {} : { warnings: [doubt] }) });
  else output.note(`facet: table ${table} with ${rows} rows is in ${file}`);
}

function chosen(tables: readonly TableSummary[], wanted: number | null, file: string): TableSummary {
  const [only] = tables;
  if (only === undefined) refuse('--export', `finds no table with a header and rows in ${file}`);
  if (wanted === null && tables.length === 1) return only;
  const found = tables.find(({ table }) => table === wanted);
  return found ?? refuse('--table', `must be one of ${tables.map(inWords).join(', ')}${wanted === null ? '' : `, not ${wanted}`}`);
}

function inWords({ table, name, page, rows }: TableSummary): string {
  return `${table} (${name === '' ? '' : `“${name}”, `}page ${page}, ${rows} rows)`;
}
