import type { Attachment } from '../../../electron/shared/attachments.ts';
import type { Receipt } from '../../../electron/shared/generation.ts';
import type { TableResult, TableSummary } from '../../../electron/shared/tableQuery.ts';
import { lease, receipt } from './samples.ts';

export const orders: Attachment = { ...lease, id: 'orders', name: 'orders.xlsx' };
const names = [
  ['Order', 'text'],
  ['Region', 'text'],
  ['Amount', 'number'],
  ['Shipped', 'date'],
] as const;
export const orderTables: readonly TableSummary[] = [
  { table: 1, page: 1, lastPage: 1, name: 'Orders 2026', rows: 214, columns: names.map(([name, type]) => ({ name, type })) },
  { table: 2, page: 2, lastPage: 4, name: '', rows: 31, columns: [{ name: 'Name', type: 'text' }] },
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
export const queryless: Receipt = {
  ...receipt,
  documents: [documentPart],
  coverage,
  warnings: ['No query of the tables could be made: query: it is not JSON'],
};
