import { questionKind } from '../../services/asking/questionKind.ts';
import type { AssistantMessage } from '../../shared/conversations.ts';
import type { Receipt } from '../../shared/generation.ts';
import { tableDoubt, listDoubt } from '../../shared/ocrDoubt.ts';
import type { ExportedTable } from '../../shared/tableQuery.ts';
import type { AppClient } from '../appClient.ts';
import { refuse } from '../arguments/options.ts';
import type { AskValues } from './askOptions.ts';
import type { CommandContext } from './command.ts';
import type { ExportFile } from './exportFile.ts';
import { requireNewFile, writeNewFile } from './writeNewFile.ts';

/** What was saved. */
export interface ExportedAnswer {
  readonly file: string;
  /** Without the header. */
  readonly rows: number;
}

/** Refuses before any work what could not be saved after it. @throws FacetError invalidRequest, diskFailed */
export async function checkExport(
  { export: wish, mode, 'dry-run': dry }: AskValues,
  question: string,
  context: CommandContext,
): Promise<void> {
  if (wish === null) return;
  if (dry) refuse('--export', 'cannot be combined with --dry-run, which makes nothing to save');
  if (mode === null || mode === 'whole' || mode === 'relevant')
    refuse('--export', 'saves what code lists or computes: it needs --mode exhaustive or --mode tables (or auto)');
  if (mode === 'exhaustive' && questionKind(question) !== 'enumeration')
    refuse('--export', 'saves a list: ask for one, such as "List all …" or "How many …"');
  if (wish.file !== null) await requireNewFile(wish.file, context);
}

/** Saves the list or the computed result of an answer, and says where it is. @throws FacetError invalidRequest for an answer without one, diskFailed */
export async function exportAnswer(
  app: AppClient,
  { format, file }: ExportFile,
  { id, receipt }: { readonly id: AssistantMessage['id']; readonly receipt: Receipt },
  context: CommandContext,
): Promise<ExportedAnswer> {
  const { table, list } = receipt;
  const rows = table?.rows.length ?? list?.items.length ?? 0;
  if (rows === 0) refuse('--export', nothingFor(receipt));
  const exported: ExportedTable =
    table === undefined
      ? await app.request('message.exportList', { messageId: id, format }, context.signal)
      : await app.request('table.export', { attachmentId: table.attachmentId, query: table.query, format }, context.signal);
  const written = await writeNewFile(file ?? exported.fileName, Buffer.from(exported.base64, 'base64'), context);
  return { file: written, rows };
}

/** What OCR may have done to what was listed or computed; null for nothing. */
export function answerDoubt({ table, list }: Receipt): string | null {
  if (table !== undefined) return tableDoubt(table);
  return list === undefined ? null : listDoubt(list.pagesRecognized, list.pagesRead);
}

function nothingFor({ table, list, coverage }: Receipt): string {
  if (table !== undefined || list !== undefined) return 'wrote no file: nothing was found';
  return coverage?.mode === 'tables'
    ? 'wrote no file: no query of the tables could be made'
    : 'wrote no file: this answer was written by the model, not listed or computed';
}
