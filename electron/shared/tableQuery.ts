export type TableOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains';
export type TableAggregate = 'none' | 'count' | 'sum' | 'average' | 'min' | 'max';

export interface TableFilter {
  /** A column's name. */
  readonly column: string;
  readonly operator: TableOperator;
  /** Numbers and dates may be written as in the document. */
  readonly value: string | number | boolean;
}

/** What is computed from one table. Code runs it; a model only writes it. */
export interface TableQuery {
  /** Place in the document's list of tables, counted from 1. */
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
  readonly page: number;
  /** Of the table; empty when it has none. */
  readonly name: string;
  readonly query: TableQuery;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** For each row of the result, the numbers of the table's rows that it is made from, as the document numbers them. */
  readonly sources: readonly (readonly number[])[];
  /** Rows of the table that the filters let through, and all of them. */
  readonly matched: number;
  readonly total: number;
}
