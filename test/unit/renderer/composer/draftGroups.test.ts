import { expect, test } from 'vitest';
import { draftGroups, folderFact, folderLines } from '../../../../renderer/features/composer/draftGroups.ts';
import { findSendBlock } from '../../../../renderer/features/composer/sendBlock.ts';
import type { DraftAttachment } from '../../../../renderer/state/draftStore.ts';
import { lease, sampleState } from '../../../fakes/preview/samples.ts';

const folder = { id: 'f', name: 'Contracts' };
const stored = (localId: string, attachmentId: string): DraftAttachment => ({
  folder,
  kind: 'stored',
  localId,
  use: { attachmentId, panScan: 'auto', regions: [] },
});
const waiting: DraftAttachment = { folder, kind: 'uploading', localId: 'w', name: 'later.pdf', bytes: 5, sentBytes: 0 };
const refused: DraftAttachment = {
  folder,
  kind: 'failed',
  localId: 'r',
  name: 'empty.txt',
  error: { code: 'fileUnreadable', details: { file: 'empty.txt', reason: 'it is empty (0 bytes)' } },
};
const broken = { ...lease, id: 'broken', name: 'broken.pdf', state: { kind: 'failed', error: refused.error } } as const;
const app = sampleState({ attachments: [lease, broken] });
const block = (attachments: readonly DraftAttachment[]) => findSendBlock({ draft: { text: 'Total?', attachments }, app, connected: true });

test('a folder is one card where its first file stands, beside single files', () => {
  const single: DraftAttachment = { kind: 'stored', localId: 's', use: { attachmentId: lease.id, panScan: 'auto', regions: [] } };
  const groups = draftGroups([stored('1', lease.id), single, stored('2', 'broken')]);
  expect(groups.map(({ kind }) => kind)).toEqual(['folder', 'file']);
  expect(groups[0]).toMatchObject({ folder, items: [{ localId: '1' }, { localId: '2' }] });
});

test('what could not be read is listed first with its reason, and the fact counts it', () => {
  const lines = folderLines([stored('1', lease.id), stored('2', 'broken'), refused], app.attachments);
  expect(lines.map(({ name, state }) => `${name} ${state}`)).toEqual(['broken.pdf notRead', 'empty.txt notRead', 'lease.pdf read']);
  expect(lines[1]?.why).toContain('empty');
  expect(folderFact(lines)).toEqual({ tone: 'caution', text: '1 of 3 files read', fraction: null });
  const working = folderLines([stored('1', lease.id), refused, waiting], app.attachments);
  expect(folderFact(working)).toEqual({ tone: 'working', text: '1 of 3 read', fraction: 2 / 3 });
  expect(folderFact(folderLines([refused], app.attachments)).tone).toBe('failed');
  expect(folderFact(folderLines([stored('1', lease.id)], app.attachments))).toMatchObject({ tone: 'plain', text: '1 file, read' });
});

test('unreadable files of a folder keep nothing from being sent, unless nothing of it was read', () => {
  expect(block([stored('1', lease.id), stored('2', 'broken'), refused])).toBeNull();
  expect(block([stored('1', lease.id), waiting])).toEqual({ kind: 'uploading', name: 'later.pdf' });
  expect(block([stored('2', 'broken'), refused])).toEqual({ kind: 'unreadable', name: 'Contracts' });
});
