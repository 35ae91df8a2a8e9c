import { expect, test } from 'vitest';
import type { TableCell } from '../../electron/shared/documents.ts';
import { parseTableQuery } from '../../electron/shared/validation.ts';
import { computeQuery } from '../../electron/services/tables/computeQuery.ts';
import type { PlacedTable } from '../../electron/services/tables/documentTables.ts';
import { openTable } from '../../electron/services/tables/openTable.ts';
import { queryGrammar } from '../../electron/services/tables/queryGrammar.ts';
import { loadEngine, openAddon, text } from './nativeEngine.ts';

function placed(rows: readonly (readonly string[])[], place: number): PlacedTable {
  const source = {
    ...{ page: 1, name: '', start: 0, end: 0, addressed: false },
    rowNumbers: rows.map((_, index) => index + 1),
    columnNumbers: (rows[0] ?? []).map((_, index) => index + 1),
    rows: rows.map((row) => row.map((written): TableCell => ({ type: 'text', text: written, value: written }))),
  };
  const table = openTable(source);
  if (table === null) throw new Error('no table');
  return {
    owner: { id: 'a', name: 'a.csv', state: { kind: 'reading', done: 0, total: 0 } },
    place,
    source,
    parts: [],
    table,
    recognized: false,
  };
}

const tables = [
  placed(
    [
      ['Größe "in \\ cm"\n[x]', 'Kunde, 犬 ]|(', 'Amount ->', 'Date', ''],
      ['5', 'Ä "b" \\ c', '1,50 €', '2026-03-01', '# x'],
      ['7', '<end_of_turn>', '2,00 €', '2026-04-09', '{'],
    ],
    1,
  ),
  placed(
    [
      ['Name', 'Note'],
      ['a', 'b'],
    ],
    2,
  ),
];

test('whatever a model writes by the grammar is a query that runs: names with quotes, brackets and control tokens, no number, two tables', async () => {
  const binding = openAddon();
  const { engine } = await loadEngine(binding, { projectorPath: null });
  const seen = new Set<string>();
  for (let seed = 0; seed < 60; seed += 1) {
    const grammar = queryGrammar(tables, 'How many rows are “größer” than 5 \\ 犬?');
    const { text: answer, stopReason } = await engine.run(
      {
        ...{ runId: 'r', parts: [text('Query: ')], maxTokens: 384, stopTexts: [], grammar: grammar ?? '' },
        sampling: { temperature: 2, topK: 1000, topP: 1, minP: 0, seed },
      },
      new binding.CancelFlag(),
      () => undefined,
    );
    expect(stopReason, answer).toBe('endOfTurn');
    const query = parseTableQuery(answer);
    const table = tables[query.table - 1];
    if (table === undefined) throw new Error(answer);
    const wrongDay = query.filters.some(({ column, value }) => column === 'Date' && Number.isNaN(Date.parse(String(value))));
    if (!wrongDay && !/-(?:02-(?:29|3)|(?:0[469]|11)-31)/.test(answer)) computeQuery(table, query);
    seen.add(`${query.table} ${query.aggregate}`);
  }
  expect(seen.size).toBeGreaterThan(4);
});

test('a table with too many columns for one grammar has none', () => {
  const names = Array.from({ length: 9_000 }, (_, index) => `a column with a long name ${index}`);
  expect(queryGrammar([placed([names, names.map(() => 'x')], 1)], 'How many?')).toBeNull();
});
