import { expect, test } from 'vitest';
import { foundEntries, libraryEntries } from '../../../../renderer/features/library/libraryEntries.ts';
import { lease, photo, scan } from '../../../fakes/preview/samples.ts';

const twice = { ...lease, id: 'lease-again', name: 'Lease (1).pdf', createdAt: lease.createdAt + 1_000 };
const uses = [
  { attachmentId: 'lease-again', conversationId: 'b', usedAt: lease.createdAt + 9_000 },
  { attachmentId: 'lease', conversationId: 'a', usedAt: lease.createdAt + 8_000 },
  { attachmentId: 'lease', conversationId: 'b', usedAt: lease.createdAt + 7_000 },
];

test('a content that was attached twice is one entry with the newest name and every chat once', () => {
  const entries = libraryEntries([lease, photo, twice], uses);
  expect(entries.map(({ attachment, ids }) => [attachment.name, ids])).toEqual([
    ['Lease (1).pdf', ['lease', 'lease-again']],
    ['receipt.jpg', ['photo']],
  ]);
  expect(entries[0]?.uses).toEqual([
    { attachmentId: 'lease-again', conversationId: 'b', usedAt: lease.createdAt + 9_000 },
    { attachmentId: 'lease', conversationId: 'a', usedAt: lease.createdAt + 8_000 },
  ]);
});

test('a search finds names without accents and capitals first, then texts in the order of the hits', () => {
  const named = { ...photo, id: 'menu', name: 'Menü Café.png', sha256: '9'.repeat(64) };
  const entries = libraryEntries([lease, scan, named], []);
  const hit = (sha256: string) => ({ sha256, page: 3, excerpt: 'x', matches: [], pages: 1 });
  const found = foundEntries(entries, 'CAFE menu', [hit(scan.sha256), hit(lease.sha256)]);
  expect(found.map(({ attachment }) => attachment.id)).toEqual(['menu', 'scan', 'lease']);
  expect(found.map((entry) => entry.hit?.page ?? null)).toEqual([null, 3, 3]);
  expect(foundEntries(entries, 'nothing', [])).toEqual([]);
});
