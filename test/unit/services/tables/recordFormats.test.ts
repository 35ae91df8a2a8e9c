import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TableQuery, TableResult } from '../../../../electron/shared/tableQuery.ts';
import { parseTableQuery } from '../../../../electron/shared/validation.ts';
import { newDataFolder, removeDataFolder, type ScriptedServices, startScripted } from '../../../fakes/scriptedServices.ts';
import { columnNames, type OrderRecord, orderRecords } from '../../../fixtures/records/orderRecords.ts';
import { type RecordFile, recordFiles } from '../../../fixtures/records/recordFiles.ts';
import { type RecordQuery, recordQueries } from '../../../fixtures/records/recordQueries.ts';

// Whole processes are started; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let facet: ScriptedServices;
beforeAll(async () => {
  facet = await startScripted({ dataFolder: newDataFolder() });
});
afterAll(async () => {
  await facet.close();
  removeDataFolder(facet.dataFolder);
});

test('there are enough questions', () => {
  expect(recordQueries.length).toBeGreaterThanOrEqual(40);
});

describe.each(recordFiles)('300 records as $what', (file) => {
  let attachmentId = '';
  beforeAll(async () => {
    const path = join(facet.dataFolder, file.name);
    writeFileSync(path, file.bytes());
    ({ id: attachmentId } = await facet.client.request('attachment.addFile', { path }));
  });

  test('are one table with typed columns', async () => {
    const tables = await facet.client.request('table.describe', { attachmentId });
    expect(tables).toMatchObject([{ rows: 300, page: 1, lastPage: file.pages }]);
    expect(tables[0]?.columns).toEqual(
      columnNames.map((name) => ({ name, type: /Pieces|Weight|Amount/.test(name) ? 'number' : name === 'Shipped' ? 'date' : 'text' })),
    );
  });

  test('every question has the known answer, out of the rows that it is about', async () => {
    for (const one of recordQueries) {
      const result = await facet.client.request('table.run', { attachmentId, query: queryOf(one) });
      const got = answerOf(one, result, file);
      expect({ asks: one.asks, ...got }).toEqual({ asks: one.asks, ...knownAnswer(one, got) });
    }
  });

  test('rows are found where they stand', async () => {
    const texts = new Map((await facet.client.request('attachment.text', { id: attachmentId })).map(({ page, text }) => [page, text]));
    for (const [index, record] of orderRecords.entries()) {
      if (index % 13 !== 0 && index !== orderRecords.length - 1) continue;
      const place = await facet.client.request('table.findRow', { attachmentId, table: 1, row: index + file.firstRow });
      const line = texts.get(place?.page ?? 0)?.slice(place?.start, place?.end);
      expect(line).toMatch(new RegExp(`^\\| ${record.order} \\| .* \\| ${record.state} +\\|$`));
      if (file.paged) expect(place?.rectangles.length).toBeGreaterThan(0);
    }
  });
});

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
