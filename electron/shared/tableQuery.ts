export type TableOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains';
/** `distinct` counts different values. */
export type TableAggregate = 'none' | 'count' | 'distinct' | 'sum' | 'average' | 'min' | 'max';

/** The query that gives a table as it is. */
export function wholeTable(table: number): TableQuery {
  return { table, columns: [], filters: [], aggregate: 'none', aggregateColumn: null, groupBy: null, order: null, limit: null };
}

export interface TableFilter {
  /** A column's name. */
  readonly column: string;
  readonly operator: TableOperator;
  /** Numbers and dates may be written as in the document. */
  readonly value: string | number | boolean;
}

/** What is computed from one table. Code runs it; a model only writes it. */
export interface TableQuery {
  /** Place in the document's list of tables (`attachment.tables`), counted from 1. */
  readonly table: number;
  /** Columns of each row that are shown, by name; all when empty. */
  readonly columns: readonly string[];
  /** All of them hold. */
  readonly filters: readonly TableFilter[];
  readonly aggregate: TableAggregate;
  /** What is added up or compared; null for `none` and `count`. */
  readonly aggregateColumn: string | null;
  /** One result for each of its values; null for one over all. */
  readonly groupBy: string | null;
  /** A column's name, or `result` for the aggregate. */
  readonly order: { readonly column: string; readonly direction: 'ascending' | 'descending' } | null;
  /** Most rows of the result; null for all. */
  readonly limit: number | null;
}

/** What a query gave. */
export interface TableResult {
  readonly attachmentId: string;
  readonly file: string;
  /** On which the table begins, counted from 1. */
  readonly page: number;
  /** On which it ends. Earlier results lack it. */
  readonly lastPage?: number;
  /** Of the table; empty when it has none. */
  readonly name: string;
  readonly query: TableQuery;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** For each row of the result, the numbers of the table's rows that it is made from, as the document numbers them. */
  readonly sources: readonly (readonly number[])[];
  /** For each column of the result, the document's number of the table's column that it comes from; null for a count. Earlier results lack it. */
  readonly columnNumbers?: readonly (number | null)[];
  /** True for spreadsheets: `cellAddress` of row and column is the cell's address. Earlier results lack it. */
  readonly addressed?: boolean;
  /** Of the source rows, those with a cell that was read from a picture and may be wrong. Earlier results lack it. */
  readonly doubtfulRows?: readonly number[];
  /** The table, or a part of it, was read by OCR. Absent for one that was not, and from earlier results. */
  readonly recognized?: true;
  /** Rows that only total the others, by their numbers: left out, and not in `total`. Absent where there are none or they were not left out. */
  readonly totalRows?: readonly number[];
  /** Rows of the table that the filters let through, and all of them. */
  readonly matched: number;
  readonly total: number;
}

export type ColumnType = 'text' | 'number' | 'date';

/** A table as a query sees it. */
export interface TableSummary {
  /** As `TableQuery.table`. */
  readonly table: number;
  /** On which it begins and ends; one that goes on over pages is one table. */
  readonly page: number;
  readonly lastPage: number;
  /** Of the sheet, or the caption; empty when it has none. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  /** As `TableResult.recognized`. */
  readonly recognized?: true;
}

export type ExportFormat = 'csv' | 'xlsx';

/** A file made of a table or a result. */
export interface ExportedTable {
  readonly fileName: string;
  readonly mime: string;
  readonly base64: string;
}
