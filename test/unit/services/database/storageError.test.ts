import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { storageError } from '../../../../electron/services/database/storageError.ts';

test.each([
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR_WRITE', 'the disk reported an error'],
  ['SQLITE_READONLY', 'this user may not write to it'],
  ['SQLITE_BUSY_SNAPSHOT', 'another program keeps it locked'],
])('%s is told as a fault of the disk', (code, reason) => {
  const error = storageError(new BetterSqlite3.SqliteError('text of SQLite', code), '/data/facet.db');
  expect(error).toMatchObject({ data: { code: 'diskFailed', details: { path: '/data/facet.db', reason } } });
});

test('other errors stay what they are', () => {
  for (const error of [new BetterSqlite3.SqliteError('no such table', 'SQLITE_ERROR'), new Error('any')]) {
    expect(storageError(error, '/data/facet.db')).toBe(error);
  }
});
