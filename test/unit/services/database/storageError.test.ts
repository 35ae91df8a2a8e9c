import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Requests } from '../../../../electron/shared/contract.ts';
import type { RequestHandlers } from '../../../../electron/shared/rpc.ts';
import { handlersWithStorageErrors, storageError } from '../../../../electron/services/database/storageError.ts';

test.each([
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR_WRITE', 'the disk reported an error'],
  ['SQLITE_READONLY', 'this user may not write to it'],
  ['SQLITE_CANTOPEN', 'it could not be opened; this user may not write to its folder, or the disk is full'],
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

test('every handler tells a full disk as one, whether it fails at once or later', async () => {
  const full = new BetterSqlite3.SqliteError('database or disk is full', 'SQLITE_FULL');
  const handlers = handlersWithStorageErrors('/data/facet.db', {
    'model.unload': () => {
      throw full;
    },
    'model.pause': () => Promise.reject(full),
  } as unknown as RequestHandlers<Requests>);
  const told = { data: { code: 'diskFailed', details: { path: '/data/facet.db', reason: 'the disk is full' } } };
  const { signal } = new AbortController();
  expect(() => handlers['model.unload']({}, signal)).toThrow(expect.objectContaining(told));
  await expect(handlers['model.pause']({ id: 'one' }, signal)).rejects.toMatchObject(told);
});
