import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Attachment, PageSummary } from '../../../../electron/shared/attachments.ts';
import { type ScriptedServices, newDataFolder, projectFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

// Whole processes are started, and text is recognised; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

let dataFolder: string;
let facet: ScriptedServices;
beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder });
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function added(name: string): Promise<Attachment> {
  const { id } = await facet.client.request('attachment.addFile', { path: join(projectFolder, 'test/fixtures/documents', name) });
  return facet.client.request('attachment.read', { id });
}
function pageOf({ state }: Attachment, page: number): PageSummary | undefined {
  return state.kind === 'document' ? state.document.pages.find((one) => one.page === page) : undefined;
}
const textOf = async (id: string, page: number): Promise<string> =>
  (await facet.client.request('attachment.text', { id })).find((one) => one.page === page)?.text ?? '';

test('a page is read by OCR although it has a text, for all attachments of the content, and by its text again', async () => {
  const [first, second] = [await added('lease.pdf'), await added('lease.pdf')];
  const own = await textOf(first.id, 2);
  const found = await facet.client.request('library.search', { query: own.split(/\s+/)[3] ?? '', limit: 5 });
  expect(found.length).toBeGreaterThan(0);

  const changed = await facet.client.request('attachment.readPage', { id: first.id, page: 2, by: 'ocr' });
  expect(pageOf(changed, 2)).toMatchObject({ source: 'ocr', chosen: true });
  expect(changed.state).toMatchObject({ document: { coverage: { pages: 5, ocr: 1, text: 4 } } });
  const { state } = await facet.client.request('app.snapshot', {});
  expect(pageOf(state.attachments.find(({ id }) => id === second.id) ?? first, 2)).toMatchObject({ source: 'ocr', chosen: true });
  const recognised = await textOf(second.id, 2);
  expect(recognised).toContain('rent');
  expect(recognised).not.toBe(own);
  // Words stand where OCR saw them, in its text.
  const words = await facet.client.request('attachment.pageWords', { id: first.id, page: 2 });
  const placed = words?.words.filter(({ start, end }) => end > start) ?? [];
  expect(placed.length).toBeGreaterThan(10);
  for (const { text, start, end } of placed) expect(recognised.slice(start, end)).toBe(text);

  const back = await facet.client.request('attachment.readPage', { id: first.id, page: 2, by: 'text' });
  expect(pageOf(back, 2)).not.toHaveProperty('chosen');
  expect(await textOf(first.id, 2)).toBe(own);
});

test('it holds in the next run', async () => {
  const { id } = await added('lease.pdf');
  await facet.client.request('attachment.readPage', { id, page: 1, by: 'ocr' });
  await facet.close();
  facet = await startScripted({ dataFolder });
  expect(pageOf(await facet.client.request('attachment.read', { id }), 1)).toMatchObject({ source: 'ocr', chosen: true });
  expect(pageOf(await added('lease.pdf'), 1)).toMatchObject({ chosen: true });
});

test('the picture of a page is a file of its own', async () => {
  const { id } = await added('lease.pdf');
  const page = await facet.client.request('attachment.addPage', { id, page: 3 });
  expect(page.name).toBe('lease, page 3.png');
  const picture = await facet.client.request('attachment.read', { id: page.id });
  expect(picture.state).toMatchObject({ kind: 'image', image: { width: 2479 } });
});

test('what cannot be read that way is refused and stays as it was', async () => {
  const { id } = await added('lease.pdf');
  const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
  await refused(facet.client.request('attachment.readPage', { id, page: 6, by: 'ocr' }));
  await refused(facet.client.request('attachment.addPage', { id, page: 6 }));
  const { id: letter } = await added('letter.odt');
  await refused(facet.client.request('attachment.readPage', { id: letter, page: 1, by: 'ocr' }));
  await refused(facet.client.request('attachment.addPage', { id: letter, page: 1 }));
});
