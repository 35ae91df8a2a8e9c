import type { Attachment } from '../../../electron/shared/attachments.ts';
import type { Receipt } from '../../../electron/shared/generation.ts';
import type { TableResult, TableSummary } from '../../../electron/shared/tableQuery.ts';
import { assistantMessage, lease, receipt, sampleConversation, userMessage } from './samples.ts';

export const orders: Attachment = { ...lease, id: 'orders', name: 'orders.xlsx' };
const names = [
  ['Order', 'text'],
  ['Region', 'text'],
  ['Amount', 'number'],
  ['Shipped', 'date'],
] as const;
export const orderTables: readonly TableSummary[] = [
  { table: 1, page: 1, lastPage: 1, name: 'Orders 2026', rows: 214, columns: names.map(([name, type]) => ({ name, type })) },
  { table: 2, page: 2, lastPage: 4, name: '', rows: 31, columns: [{ name: 'Name', type: 'text' }], recognized: true },
];
const computed: TableResult = {
  ...{ attachmentId: orders.id, file: orders.name, page: 1, lastPage: 1, name: 'Orders 2026' },
  query: {
    table: 1,
    columns: [],
    filters: [{ column: 'Region', operator: '=', value: 'North' }],
    aggregate: 'sum',
    aggregateColumn: 'Amount',
    groupBy: null,
    order: null,
    limit: null,
  },
  columns: ['sum of Amount'],
  rows: [[18_737.5]],
  sources: [Array.from({ length: 53 }, (_, index) => 2 + index * 4)],
  columnNumbers: [3],
  addressed: true,
  matched: 53,
  total: 214,
};
const documentPart = { attachmentId: orders.id, file: orders.name, tokens: 0, pages: [] };
const coverage = { mode: 'tables', reason: 'figures of a table are computed, not guessed', documents: [] } as const;
export const computedReceipt: Receipt = { ...receipt, documents: [documentPart], coverage, table: computed };
const listedReceipt: Receipt = {
  ...receipt,
  documents: [{ ...documentPart, attachmentId: lease.id, file: lease.name }],
  coverage: {
    mode: 'exhaustive',
    reason: 'every one of them is asked for',
    documents: [
      {
        ...{ attachmentId: lease.id, file: lease.name, pages: 14, charactersRead: 29_400, characters: 29_400 },
        pagesRead: Array.from({ length: 14 }, (_page, index) => index + 1),
      },
    ],
  },
  list: {
    items: ['Mill Lane 12', 'Mill Lane 14', 'The old bakery'].map((text, index) => ({
      text,
      places: [{ attachmentId: lease.id, file: lease.name, pages: [index + 2] }],
      mentions: 1,
    })),
    complete: true,
    pagesRead: 14,
    pagesRecognized: 2,
  },
};
export const listedConversation = sampleConversation([
  userMessage('1', null, 'Which houses are named? List all of them.', {
    attachments: [{ attachmentId: lease.id, panScan: 'auto', regions: [] }],
  }),
  assistantMessage(
    '2',
    '1',
    '- Mill Lane 12 (page 2)\n- Mill Lane 14 (page 3)\n- The old bakery (page 4)\n\nEvery part was read. Found 3 different ones. 2 of the 14 pages were read by OCR: what it misread may be missing from the list, or stand in it twice.',
    { state: { kind: 'complete', receipt: listedReceipt } },
  ),
]);
export const queryless: Receipt = {
  ...receipt,
  documents: [documentPart],
  coverage,
  warnings: ['No query of the tables could be made: query: it is not JSON'],
};
