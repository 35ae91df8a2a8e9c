import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ReadDocument } from '../../../../electron/reader/readerContract.ts';
import { computeQuery } from '../../../../electron/services/tables/computeQuery.ts';
import { type PlacedTable, tablesOf } from '../../../../electron/services/tables/documentTables.ts';
import { locateRow } from '../../../../electron/services/tables/locateRow.ts';
import type { PageWords } from '../../../../electron/shared/documents.ts';
import type { TableQuery, TableResult } from '../../../../electron/shared/tableQuery.ts';
import { parseTableQuery } from '../../../../electron/shared/validation.ts';
import { readerInProcess } from '../../../fakes/readerInProcess.ts';
import { columnNames, type OrderRecord, orderRecords } from '../../../fixtures/records/orderRecords.ts';
import { type RecordFile, recordFiles } from '../../../fixtures/records/recordFiles.ts';
import { type RecordQuery, recordQueries } from '../../../fixtures/records/recordQueries.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let reading: ReturnType<typeof readerInProcess>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-records-'));
  reading = readerInProcess();
});
afterAll(() => {
  reading.close();
  rmSync(folder, { recursive: true });
});

test('there are enough questions', () => {
  expect(recordQueries.length).toBeGreaterThanOrEqual(40);
});

describe.each(recordFiles)('300 records as $what', (file) => {
  let tables: readonly PlacedTable[];
  let pages: ReadDocument['pages'];
  const tableOf = (): PlacedTable => {
    const [table] = tables;
    if (table === undefined || tables.length > 1) throw new Error(`${tables.length} tables`);
    return table;
  };
  beforeAll(async () => {
    const path = join(folder, file.name);
    writeFileSync(path, file.bytes());
    ({ pages } = await reading.reader.request('document.read', { path, name: file.name, readId: file.name, password: null }));
    const found = pages.flatMap(({ page, tables: onPage }) => onPage.map((table) => ({ page, ...table })));
    tables = await tablesOf([{ id: 'a', name: file.name, state: { kind: 'reading', done: 0, total: 0 } }], {
      tables: () => Promise.resolve(found),
    });
  });

  test('are one table with typed columns', () => {
    const { table, source, parts } = tableOf();
    expect({ rows: table.rowNumbers.length, page: source.page, lastPage: parts.at(-1)?.source.page }).toEqual({
      rows: 300,
      page: 1,
      lastPage: file.pages,
    });
    expect(table.columns.map(({ name, type }) => ({ name, type }))).toEqual(
      columnNames.map((name) => ({ name, type: /Pieces|Weight|Amount/.test(name) ? 'number' : name === 'Shipped' ? 'date' : 'text' })),
    );
  });

  test.each(recordQueries)('$asks', (one) => {
    const got = answerOf(one, computeQuery(tableOf(), queryOf(one)), file);
    expect(got).toEqual(knownAnswer(one, got));
  });

  test('rows are found where they stand', async () => {
    const texts = new Map(pages.map(({ page, text }) => [page, text]));
    const words = new Map<number, PageWords>();
    for (const [index, record] of orderRecords.entries()) {
      const place = locateRow(tableOf(), index + file.firstRow, (page) => texts.get(page) ?? '');
      const line = texts.get(place?.page ?? 0)?.slice(place?.start, place?.end) ?? '';
      expect(line).toMatch(new RegExp(`^\\| ${record.order} \\| .* \\| ${record.state} +\\|$`));
      if (!file.paged || place === null) continue;
      const onPage =
        words.get(place.page) ??
        (await reading.reader.request('document.words', {
          path: join(folder, file.name),
          name: file.name,
          page: place.page,
          password: null,
        }));
      words.set(place.page, onPage);
      // The words under the row's rectangles are just those of the row, a cell over several lines included.
      const found = onPage.words.filter(({ start, end }) => end > place.start && start < place.end);
      expect(found.map(({ text }) => text).join(' ')).toBe(wordsOf(line));
      expect(heightOf(found)).toBeLessThan(40);
    }
  });
});

/** A row without the bars of its table. */
function wordsOf(line: string): string {
  return line
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
    .filter((cell) => cell !== '')
    .join(' ');
}

function heightOf(words: PageWords['words']): number {
  return Math.max(...words.map(({ y, height }) => y + height)) - Math.min(...words.map(({ y }) => y));
}

function queryOf({ query }: RecordQuery): TableQuery {
  return { ...parseTableQuery('{}'), ...query };
}

type Rows = readonly (readonly (string | number | null)[])[];

interface Answer {
  readonly rows: Rows;
  readonly matched: number;
  readonly total: number;
  /** The records that all rows are made from, by place. */
  readonly sources: readonly number[];
  /** What each row would be out of its own sources alone. */
  readonly again: Rows;
}

function answerOf({ query, answer }: RecordQuery, { rows, matched, total, sources }: TableResult, { firstRow }: RecordFile): Answer {
  const places = sources.map((of) => of.map((row) => row - firstRow).toSorted((a, b) => a - b));
  const again = places.flatMap((of) => answer(of.flatMap((place) => orderRecords[place] ?? [])));
  const ordered = query.order === undefined ? inOrder : (same: Rows): Rows => same;
  return { rows: ordered(rows), matched, total, sources: places.flat().toSorted((a, b) => a - b), again: ordered(again) };
}

function knownAnswer({ query, where, answer }: RecordQuery, got: Answer): Answer {
  const places = [...orderRecords.keys()].filter((place) => where(recordAt(place)));
  const found = answer(places.map(recordAt));
  const rows = query.order === undefined ? inOrder(found) : found;
  // A limit leaves some out; those shown are checked by what they give again.
  return {
    rows,
    matched: places.length,
    total: orderRecords.length,
    sources: query.limit === undefined ? places : got.sources,
    again: rows,
  };
}

function recordAt(place: number): OrderRecord {
  const record = orderRecords[place];
  if (record === undefined) throw new Error(`no record ${place}`);
  return record;
}

function inOrder(values: Rows): Rows {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
