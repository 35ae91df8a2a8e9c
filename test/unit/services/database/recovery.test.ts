import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConversationStore } from '../../../../electron/services/conversations/conversationStore.ts';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import { openOrRecover } from '../../../../electron/services/database/openOrRecover.ts';
import { openProcessLock } from '../../../../electron/services/locks/processLock.ts';
import { openSession } from '../../../../electron/services/sessions/openSession.ts';
import { newDataFolder, removeDataFolder } from '../../../fakes/scriptedServices.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = newDataFolder();
  path = join(folder, 'facet.db');
});
afterEach(() => removeDataFolder(folder));

function fill(): void {
  const database = openDatabase(path);
  const conversations = createConversationStore(database);
  for (let index = 0; index < 200; index++) conversations.create('system text '.repeat(50), index);
  database.close();
}

test('durability settings are on', () => {
  const database = openDatabase(path);
  const pragma = (name: string): unknown => database.pragma(name, { simple: true });
  expect([
    pragma('journal_mode'),
    pragma('synchronous'),
    pragma('foreign_keys'),
    pragma('trusted_schema'),
    pragma('cell_size_check'),
  ]).toEqual(['wal', 2, 1, 0, 1]);
  database.close();
});

test('a file that is no database, and one damaged inside, are kept as .corrupt and a new one is begun', () => {
  writeFileSync(path, 'this is not a database, whatever its name says '.repeat(100));
  const first = openOrRecover(path, { check: false, shared: false });
  expect(first.notices[0]).toContain('facet.db.corrupt');
  first.database.close();
  expect(readFileSync(`${path}.corrupt`, 'utf8')).toContain('this is not a database');

  fill();
  const bytes = readFileSync(path);
  bytes.fill(0xff, 4096 * 3, 4096 * 12);
  writeFileSync(path, bytes);
  const second = openOrRecover(path, { check: true, shared: false });
  expect(second.notices).toHaveLength(1);
  expect(createConversationStore(second.database).list()).toEqual([]);
  second.database.close();
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['facet.db.corrupt', 'facet.db.corrupt-2']));
});

test('a damaged database that another run has open is left alone', () => {
  writeFileSync(path, 'not a database '.repeat(1000));
  expect(() => openOrRecover(path, { check: false, shared: true })).toThrow(/diskFailed/);
  expect(readFileSync(path, 'utf8')).toContain('not a database');
});

test('a database of a newer Facet is refused, not touched', () => {
  const database = openDatabase(path);
  database.pragma('user_version = 999');
  database.close();
  expect(() => openDatabase(path)).toThrow(/dataTooNew/);
});

test('a run that closed is forgotten, a living one is alive', () => {
  const first = openSession(folder);
  const second = openSession(folder);
  expect(second.alive).toEqual([first.id]);
  first.close();
  second.close();
  const third = openSession(folder);
  expect([third.alive, third.abandoned]).toEqual([[], []]);
  third.close();
});

test('a lock is held by one, waited for by the next, and given up when the wait is cancelled', async () => {
  const first = openProcessLock(join(folder, 'a.lock'));
  const second = openProcessLock(join(folder, 'a.lock'));
  await first.acquire(new AbortController().signal, () => undefined);
  expect(second.tryAcquire()).toBe(false);
  const controller = new AbortController();
  let waits = 0;
  const cancelled = second.acquire(controller.signal, () => waits++);
  controller.abort();
  await expect(cancelled).rejects.toThrow();
  expect(waits).toBe(1);
  const acquired = second.acquire(new AbortController().signal, () => undefined);
  first.release();
  await acquired;
  expect(first.tryAcquire()).toBe(false);
  first.close();
  second.close();
});

test('within a process a lock is shared, and given up with the last who took it', () => {
  const ours = openProcessLock(join(folder, 'b.lock'));
  const theirs = openProcessLock(join(folder, 'b.lock'));
  expect([ours.tryAcquire(), ours.tryAcquire()]).toEqual([true, true]);
  ours.release();
  expect(theirs.tryAcquire()).toBe(false);
  ours.release();
  expect(theirs.tryAcquire()).toBe(true);
  ours.close();
  theirs.close();
});
