import { expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import { createAttachmentRows } from '../../../../electron/services/attachments/attachmentRows.ts';
import { createEncodedViews } from '../../../../electron/services/images/encodedViews.ts';

const whole = { contentSha256: 'picture', rect: null, side: 896 };
const part = { ...whole, rect: { x: 1, y: 2, width: 3, height: 4 } };

test('a view is known by its file, its place and its size; whether it is encoded, by the projector too', () => {
  const database = openDatabase(':memory:');
  const views = createEncodedViews(database);
  views.add(whole, 'projector', 'pixels');
  expect(views.key(whole)).toBe('pixels');
  for (const other of [part, { ...whole, side: 112 }, { ...whole, contentSha256: 'other' }]) expect(views.key(other)).toBeNull();
  expect(views.isEncoded(whole, 'projector')).toBe(true);
  expect(views.isEncoded(whole, 'another')).toBe(false);
  views.add(part, 'projector', 'pixels of the part');
  views.forget(whole, 'projector');
  expect(views.key(whole)).toBeNull();
  expect(views.key(part)).toBe('pixels of the part');
  database.close();
});

test('at the next start those of files that are gone are forgotten', () => {
  const database = openDatabase(':memory:');
  const state = { kind: 'failed', error: { code: 'cancelled', details: {} } } as const;
  createAttachmentRows(database).add({ id: 'a', name: 'a.png', bytes: 1, sha256: 'picture', createdAt: 0, state });
  const views = createEncodedViews(database);
  views.add(whole, 'projector', 'pixels');
  views.add({ ...whole, contentSha256: 'gone' }, 'projector', 'pixels');
  const again = createEncodedViews(database);
  expect([again.key(whole), again.key({ ...whole, contentSha256: 'gone' })]).toEqual(['pixels', null]);
  database.close();
});
