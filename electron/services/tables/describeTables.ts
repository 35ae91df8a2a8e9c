import type { TableResult } from '../../shared/tableQuery.ts';
import type { PlacedTable } from './documentTables.ts';

/** Values of a column shown to the model, so that it writes filters in the document's words. */
const examples = 4;
/** Rows of a result written into the answer; the receipt has all. */
const shownRows = 50;

/** What a model needs to know to write a query: names and types, never all rows. */
export function describeTables(tables: readonly PlacedTable[]): string {
  return tables
    .map(({ input, source, table }, place) => {
      const columns = table.columns.map(({ name, type, values }) => {
        const some = [...new Set(values.filter((value) => value !== null))].slice(0, examples);
        return `- "${name}": ${type}, such as ${some.map((value) => JSON.stringify(value)).join(', ')}`;
      });
      const name = source.name === '' ? '' : ` “${source.name}”`;
      return `Table ${place + 1}${name} of ${input.attachment.name}, ${table.rowNumbers.length} rows:\n${columns.join('\n')}`;
    })
    .join('\n\n');
}

/** Asks for a query; `mistake` is what was wrong with the last one. */
export function queryInstruction(question: string, mistake: string | null): string {
  const form =
    '{"table": 1, "columns": [], "filters": [{"column": "…", "operator": "=", "value": "…"}], "aggregate": "none", "aggregateColumn": null, "groupBy": null, ' +
    '"order": null, "limit": null}';
  return [
    'Write the query that answers the question below as JSON of this form, and nothing else:',
    form,
    '"operator" is one of = != < <= > >= contains. "aggregate" is one of none count sum average min max. "order" is null or {"column": "…", "direction": "ascending" or ' +
      '"descending"}. Use the columns by their exact names. To find the row with the largest value, use "aggregate": "none", an order and "limit": 1.',
    ...(mistake === null ? [] : [`The last query was wrong: ${mistake}.`]),
    `Question: ${question}`,
  ].join('\n');
}

/** The result for people: one figure as a sentence of its own, rows as a Markdown table, and what was asked of the table in words. */
export function resultInWords(result: TableResult): string {
  const { columns, rows, matched, total } = result;
  const basis = `${queryInWords(result)} ${matched} of ${total} rows.`;
  if (rows.length === 1 && columns.length === 1) return `**${shown(rows[0]?.[0] ?? null)}**\n\nComputed: ${basis}`;
  const header = `| ${columns.map(escaped).join(' | ')} |\n|${columns.map(() => '---').join('|')}|`;
  const body = rows.slice(0, shownRows).map((row) => `| ${row.map((value) => escaped(shown(value))).join(' | ')} |`);
  const more = rows.length > shownRows ? `\n\n${rows.length - shownRows} more rows are not shown here.` : '';
  const listed = rows.length === 0 ? 'No row matches.' : `${header}\n${body.join('\n')}${more}`;
  return `${listed}\n\nComputed: ${basis}`;
}

function queryInWords({ query, columns }: TableResult): string {
  const what = query.aggregate === 'none' ? 'rows' : (columns.at(-1) ?? query.aggregate);
  const where = query.filters.map(({ column, operator, value }) => `${column} ${operator} ${String(value)}`).join(' and ');
  const order = query.order === null ? '' : `, ${query.order.direction} by ${query.order.column}`;
  const limit = query.limit === null ? '' : `, the first ${query.limit}`;
  return `${what}${where === '' ? '' : ` where ${where}`}${query.groupBy === null ? '' : ` for each ${query.groupBy}`}${order}${limit};`;
}

function shown(value: string | number | null): string {
  return value === null ? 'no value' : String(value);
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
