import type { AssistantMessage } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { ListedResultItem, ListResult } from '../../shared/listResult.ts';
import type { ExportedTable, ExportFormat } from '../../shared/tableQuery.ts';
import { exportSheet, withoutEnding, type ExportCell } from './exportSheet.ts';

const columns = ['Item', 'Document', 'Pages', 'Times found'] as const;

/**
 * The list of an answer as a file, one row for each different thing, in the order of the documents.
 * @throws FacetError invalidRequest for an answer that is no list, and for what no sheet holds
 */
export function exportList({ state }: AssistantMessage, format: ExportFormat): ExportedTable {
  const receipt = state.kind === 'complete' || state.kind === 'cancelled' ? state.receipt : null;
  const list = receipt?.list;
  if (list === undefined) refuse('this answer holds no list that was made part by part');
  if (list.items.length === 0) refuse('nothing was found, so there is no list to save');
  const files = [...new Set(list.items.flatMap(({ places }) => places.map(({ file }) => file)))];
  const [only] = files;
  const name = files.length === 1 && only !== undefined ? withoutEnding(only) : 'Documents';
  return exportSheet({ name: `${name} list${partOf(list)}`, sheet: { columns, rows: list.items.map(rowOf) }, sheetName: 'List' }, format);
}

/** Says in the file's name what the rows cannot. */
function partOf({ complete }: ListResult): string {
  return complete ? '' : ' (not complete)';
}

function rowOf({ text, places, mentions }: ListedResultItem): readonly ExportCell[] {
  return [
    words(text),
    words(places.map(({ file }) => file).join('; ')),
    pagesOf(places.map(({ pages }) => pages.join(', ')).join('; ')),
    { value: mentions, type: 'number', text: String(mentions) },
  ];
}

function words(text: string): ExportCell {
  return { value: text, type: 'text', text };
}

/** A single page is a number, which can be sorted. */
function pagesOf(text: string): ExportCell {
  return /^\d+$/.test(text) ? { value: Number(text), type: 'number', text } : words(text);
}

function refuse(reason: string): never {
  throw facetError('invalidRequest', { field: 'messageId', reason });
}
