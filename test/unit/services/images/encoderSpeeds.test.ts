import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import { readOnlyDatabase } from '../../../../electron/services/database/readOnlyDatabase.ts';
import { cropsInTime } from '../../../../electron/services/images/cropBudget.ts';
import { createEncoderSpeeds } from '../../../../electron/services/images/encoderSpeeds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-speeds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stored = (path: string, side: number, projectorSha256: string | null): number | null =>
  readOnlyDatabase(path, (database) => createEncoderSpeeds(database).newestViewMs(side, projectorSha256));
const cpu = { projectorSha256: 'a', backend: 'CPU', side: 896 };
const gpu = { ...cpu, backend: 'CUDA' };

test('one busy moment does not count, and old measurements give way', () => {
  const database = openDatabase(':memory:');
  const speeds = createEncoderSpeeds(database);
  expect(speeds.viewMs(cpu)).toBeNull();
  for (const ms of [100, 5000, 110]) speeds.record(cpu, ms);
  expect(speeds.viewMs(cpu)).toBe(110);
  for (let time = 0; time < 9; time += 1) speeds.record(cpu, 40);
  expect(speeds.viewMs(cpu)).toBe(40);
  database.close();
});

test('projectors, backends and sides are measured apart, and a file elsewhere reads what was measured', () => {
  const path = join(folder, 'facet.db');
  expect(stored(path, 896, null)).toBeNull();
  expect(stored(join(folder, 'none', 'facet.db'), 896, null)).toBeNull();
  const database = openDatabase(path);
  const speeds = createEncoderSpeeds(database);
  speeds.record(cpu, 7000);
  speeds.record(gpu, 70);
  expect([speeds.viewMs(cpu), speeds.viewMs(gpu), speeds.viewMs({ ...cpu, projectorSha256: 'b' })]).toEqual([7000, 70, null]);
  database.close();
  expect([stored(path, 896, 'a'), stored(path, 896, 'b'), stored(path, 112, null)]).toEqual([expect.any(Number), null, null]);
});

test('a database of an earlier version has no speeds', () => {
  const path = join(folder, 'facet.db');
  const database = openDatabase(path);
  database.exec('DROP TABLE encoder_speeds');
  database.close();
  expect(stored(path, 896, null)).toBeNull();
});

test('crops in time: as many as help on a fast machine or one never measured, never fewer than show anything', () => {
  expect(cropsInTime(null)).toBe(9);
  expect(cropsInTime(50)).toBe(9);
  expect(cropsInTime(20_000)).toBe(5);
  expect(cropsInTime(500_000)).toBe(2);
});
