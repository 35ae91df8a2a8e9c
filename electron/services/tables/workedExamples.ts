import type { PlacedTable } from './documentTables.ts';
import type { NamedColumn } from './openTable.ts';

/** A question about a table and the query that answers it. */
export interface WorkedExample {
  readonly question: string;
  readonly query: object;
}

/**
 * Examples in the words of the first table, so that even a small model sees where the names go. A small model copies names out of them, so the columns and
 * the value that the question names come first.
 */
export function workedExamples([first]: readonly PlacedTable[], question: string): readonly WorkedExample[] {
  if (first === undefined) return [];
  const asked = wordsOf(question);
  const { columns } = first.table;
  const figure = best(
    columns.filter(({ type }) => type === 'number'),
    ({ name }) => mentions(asked, name),
  );
  const kind = best(columns.filter(isKind), (column) => mentions(asked, column.name) + (valueIn(asked, column) === undefined ? 0 : 2));
  const name = columns.find(({ type }) => type === 'text') ?? columns[0];
  return [
    { question: 'How many rows are there?', query: { table: 1, aggregate: 'count' } },
    ...(kind === undefined ? [] : kindExamples(kind, asked)),
    ...(figure === undefined ? [] : figureExamples(figure, name?.name ?? 'row')),
    ...(figure === undefined || kind === undefined ? [] : examplesOfBoth(figure, kind, asked)),
  ];
}

function kindExamples(kind: NamedColumn, asked: ReadonlySet<string>): readonly WorkedExample[] {
  const value = valueIn(asked, kind);
  const filters = [{ column: kind.name, operator: '=', value }];
  const grouped = {
    question: `How many rows are there for each ${kind.name}?`,
    query: { table: 1, aggregate: 'count', groupBy: kind.name },
  };
  const different = {
    question: `How many different values of ${kind.name} are there?`,
    query: { table: 1, aggregate: 'distinct', aggregateColumn: kind.name },
  };
  // A value that the question does not name would be copied by a small model all the same.
  if (value === undefined) return [grouped, different];
  return [
    grouped,
    different,
    { question: `How many rows are ${value}?`, query: { table: 1, aggregate: 'count', filters } },
    { question: `List the rows with ${kind.name} ${value}.`, query: { table: 1, aggregate: 'none', filters } },
  ];
}

function figureExamples(figure: NamedColumn, name: string): readonly WorkedExample[] {
  const aggregateColumn = figure.name;
  const order = (direction: string): object => ({ table: 1, aggregate: 'none', order: { column: figure.name, direction }, limit: 1 });
  return [
    { question: `What is the total ${figure.name}?`, query: { table: 1, aggregate: 'sum', aggregateColumn } },
    { question: `What is the largest ${figure.name}?`, query: { table: 1, aggregate: 'max', aggregateColumn } },
    { question: `Which ${name} has the largest ${figure.name}?`, query: order('descending') },
    { question: `Which ${name} has the smallest ${figure.name}?`, query: order('ascending') },
    {
      question: `How many rows have a ${figure.name} over 10?`,
      query: { table: 1, aggregate: 'count', filters: [{ column: figure.name, operator: '>', value: 10 }] },
    },
  ];
}

function examplesOfBoth(figure: NamedColumn, kind: NamedColumn, asked: ReadonlySet<string>): readonly WorkedExample[] {
  const value = valueIn(asked, kind) ?? commonest(kind);
  const aggregateColumn = figure.name;
  return [
    {
      question: `What is the total ${figure.name} for each ${kind.name}?`,
      query: { table: 1, aggregate: 'sum', aggregateColumn, groupBy: kind.name },
    },
    {
      question: `What is the average ${figure.name} of ${value}?`,
      query: { table: 1, aggregate: 'average', aggregateColumn, filters: [{ column: kind.name, operator: '=', value }] },
    },
  ];
}

/** A text whose values come again and again. */
function isKind({ type, values }: NamedColumn): boolean {
  return type === 'text' && new Set(values).size <= values.length / 2;
}

function best(columns: readonly NamedColumn[], fit: (column: NamedColumn) => number): NamedColumn | undefined {
  return columns.map((column) => ({ column, fits: fit(column) })).sort((a, b) => b.fits - a.fits)[0]?.column;
}

function valueIn(asked: ReadonlySet<string>, { values }: NamedColumn): string | undefined {
  return [...new Set(values)].find((value): value is string => typeof value === 'string' && mentions(asked, value) === 1);
}

/** The part of a name's words that were asked for. */
function mentions(asked: ReadonlySet<string>, name: string): number {
  const words = [...wordsOf(name)];
  return words.length === 0 ? 0 : words.filter((word) => asked.has(word)).length / words.length;
}

/** Words without case, and without the s of a plural. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word)));
}

function commonest({ values }: NamedColumn): string {
  const counts = new Map<string, number>();
  for (const value of values) if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
