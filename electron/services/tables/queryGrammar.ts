import type { PlacedTable } from './documentTables.ts';
import type { NamedColumn } from './openTable.ts';

/** What the engine takes at most, in bytes of UTF-8. */
const mostBytes = 256 * 1024;
/** A column with more different values than this is a column of names and notes, whose values are not listed. */
const listedValues = 40;
const longestValue = 60;
/** Conditions of one query. */
const mostFilters = 3;
const longestText = 40;
const digits = 12;

/**
 * The queries of these tables as a grammar in GBNF: only their columns, only what a column's type has, and as a text's value only what the column or the
 * question holds. Whatever a model writes by it is a query that can be run. Null when the tables have too many columns for one grammar.
 */
export function queryGrammar(tables: readonly PlacedTable[], question: string): string | null {
  for (const withValues of [true, false]) {
    const grammar = [
      `root ::= " "? (${tables.map((_, index) => `table${index + 1}`).join(' | ')})`,
      ...tables.flatMap(({ table }, index) => tableRules(table.columns, `${index + 1}`, withValues)),
      ...questionRules(question),
      ...textRules,
    ].join('\n');
    if (Buffer.byteLength(grammar) <= mostBytes) return grammar;
  }
  return null;
}

function tableRules(columns: readonly NamedColumn[], at: string, withValues: boolean): readonly string[] {
  const numbers = columns.filter(({ type }) => type === 'number');
  const ordered = columns.filter(({ type }) => type !== 'text');
  const name = (of: readonly NamedColumn[]): string => of.map((column) => json(column.name)).join(' | ');
  const kinds = [
    `${key('aggregate')} "\\"none\\"" columns${at} where${at} order${at}? limit?`,
    `${key('aggregate')} "\\"count\\"" where${at} group${at}?`,
    `${key('aggregate')} "\\"distinct\\"" ${key('aggregateColumn', ',')} name${at} where${at} group${at}?`,
    ...(numbers.length === 0
      ? []
      : [`${key('aggregate')} ("\\"sum\\"" | "\\"average\\"") ${key('aggregateColumn', ',')} number${at} where${at} group${at}?`]),
    ...(ordered.length === 0
      ? []
      : [`${key('aggregate')} ("\\"min\\"" | "\\"max\\"") ${key('aggregateColumn', ',')} ordered${at} where${at} group${at}?`]),
  ];
  return [
    `table${at} ::= "{\\"table\\":${at}," (${kinds.join(' | ')}) "}"`,
    `columns${at} ::= (${key('columns', ',')} "[" name${at} ("," name${at})? ("," name${at})? "]")?`,
    `where${at} ::= (${key('filters', ',')} "[" filter${at}${` ("," filter${at})?`.repeat(mostFilters - 1)} "]")?`,
    `group${at} ::= ${key('groupBy', ',')} name${at} (${key('order', ',')} "{\\"column\\":\\"result\\",\\"direction\\":" direction "}" limit?)?`,
    `order${at} ::= ${key('order', ',')} "{\\"column\\":" name${at} ",\\"direction\\":" direction "}"`,
    `name${at} ::= ${name(columns)}`,
    ...(numbers.length === 0 ? [] : [`number${at} ::= ${name(numbers)}`]),
    ...(ordered.length === 0 ? [] : [`ordered${at} ::= ${name(ordered)}`]),
    `filter${at} ::= ${columns.map((column) => filterRule(column, withValues)).join(' | ')}`,
  ];
}

function filterRule({ name, type, values }: NamedColumn, withValues: boolean): string {
  const start = `"{\\"column\\":" ${json(name)} ",\\"operator\\":"`;
  if (type !== 'text') return `${start} comparison ",\\"value\\":" ${type === 'number' ? 'figure' : 'date'} "}"`;
  const different = [...new Set(values.flatMap((value) => (value === null ? [] : String(value))))];
  const known = withValues && different.length <= listedValues ? different.filter((value) => value.length <= longestValue) : [];
  const listed = known.map((value) => `${json(value)} | `).join('');
  return `${start} ("\\"=\\"" | "\\"!=\\"") ",\\"value\\":" (${listed}quoted) "}" | ${start} "\\"contains\\",\\"value\\":" text "}"`;
}

const textRules: readonly string[] = [
  'direction ::= "\\"ascending\\"" | "\\"descending\\""',
  'comparison ::= "\\"=\\"" | "\\"!=\\"" | "\\"<\\"" | "\\"<=\\"" | "\\">\\"" | "\\">=\\""',
  'limit ::= ",\\"limit\\":" [1-9] [0-9]? [0-9]?',
  `figure ::= "-"? ("0" | [1-9] figure${digits}?) ("." [0-9] [0-9]? [0-9]?)?`,
  ...upTo(digits, 'figure', '[0-9]'),
  'date ::= "\\"" [12] [0-9] [0-9] [0-9] "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) "\\""',
  `text ::= "\\"" text${longestText} "\\""`,
  ...upTo(longestText, 'text', '[^"\\\\\\x00-\\x1f]'),
];

/** Rules for one to `most` of something; written out, one after the other, they keep the grammar on one path. */
function upTo(most: number, name: string, item: string): readonly string[] {
  return Array.from({ length: most }, (_, index) => `${name}${index + 1} ::= ${item}${index === 0 ? '' : ` ${name}${index}?`}`);
}

/** Any words of the question that stand together. */
function questionRules(question: string): readonly string[] {
  const words = question.match(/[\p{L}\p{N}]+(?:[.,'’/_-]+[\p{L}\p{N}]+)*/gu)?.slice(0, 100) ?? [];
  if (words.length === 0) return ['quoted ::= text'];
  return [
    `quoted ::= "\\"" (${words.map((_, index) => `words${index}`).join(' | ')}) "\\""`,
    ...words.map((word, index) => `words${index} ::= ${literal(word)}${index + 1 < words.length ? ` (" " words${index + 1})?` : ''}`),
  ];
}

function key(name: string, before = ''): string {
  return literal(`${before}"${name}":`);
}

function json(value: string): string {
  return literal(JSON.stringify(value));
}

/** A text as GBNF writes it. */
function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}
