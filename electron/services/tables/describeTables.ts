import { tableDoubt } from '../../shared/ocrDoubt.ts';
import type { TableResult } from '../../shared/tableQuery.ts';
import { queryInWords } from '../../shared/queryInWords.ts';
import type { PlacedTable } from './documentTables.ts';

/** Values of a column shown to the model, so that it writes filters in the document's words. */
const examples = 4;
/** Rows of a result written into the answer; the receipt has all. */
const shownRows = 50;

/** What a model needs to know to write a query: names and types, never all rows. */
export function describeTables(tables: readonly PlacedTable[]): string {
  return tables
    .map(({ owner, source, table }, place) => {
      const columns = table.columns.map(({ name, type, values }) => {
        const some = [...new Set(values.filter((value) => value !== null))].slice(0, examples);
        return `- "${name}": ${type}, such as ${some.map((value) => JSON.stringify(value)).join(', ')}`;
      });
      const name = source.name === '' ? '' : ` “${source.name}”`;
      return `Table ${place + 1}${name} of ${owner.name}, ${table.rowNumbers.length} rows:\n${columns.join('\n')}`;
    })
    .join('\n\n');
}

/** The result for people: one figure as a sentence of its own, rows as a Markdown table, and what was asked of the table in words. */
export function resultInWords(result: TableResult): string {
  const { columns, rows, matched, total } = result;
  const notes = [totalsLeftOut(result), tableDoubt(result)].filter((note) => note !== null);
  const basis = [`Computed: ${queryInWords(result)}; ${matched} of ${total} rows.`, ...notes].join(' ');
  if (rows.length === 1 && columns.length === 1) return `**${shown(rows[0]?.[0] ?? null)}**\n\n${basis}`;
  const header = `| ${columns.map(escaped).join(' | ')} |\n|${columns.map(() => '---').join('|')}|`;
  const body = rows.slice(0, shownRows).map((row) => `| ${row.map((value) => escaped(shown(value))).join(' | ')} |`);
  const more = rows.length > shownRows ? `\n\n${rows.length - shownRows} more rows are not shown here.` : '';
  const listed = rows.length === 0 ? 'No row matches.' : `${header}\n${body.join('\n')}${more}`;
  return `${listed}\n\n${basis}`;
}

function totalsLeftOut({ totalRows = [] }: TableResult): string | null {
  const [first, ...others] = totalRows;
  if (first === undefined) return null;
  return others.length === 0
    ? `Row ${first} only totals the others and is not counted.`
    : `Rows ${first} to ${totalRows.at(-1)} only total the others and are not counted.`;
}

function shown(value: string | number | null): string {
  return value === null ? 'no value' : String(value);
}

/** A cell of a Markdown table that shows just these characters. */
function escaped(text: string): string {
  return text.replaceAll(/[\\|*`[\]<]/g, '\\$&').replaceAll('\n', ' ');
}
