import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Attachment } from '../../../../electron/shared/attachments.ts';
import { type ScriptedServices, newDataFolder, projectFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';
import { scannedPdf } from '../../../fixtures/scannedPdf.ts';

// Whole processes are started, and text is recognised; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

/** English's data under another name stand for another language. */
const english = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')),
  '4.0.0_best_int/eng.traineddata.gz',
);
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
const invalid = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
const states = async (): Promise<readonly string[]> =>
  (await facet.client.request('ocr.list', {})).filter(({ state }) => state !== 'available').map(({ code, state }) => `${code} ${state}`);

function placed(name: string, content?: Buffer): string {
  const file = path.join(dataFolder, name);
  if (content === undefined) copyFileSync(english, file);
  else writeFileSync(file, content);
  return file;
}
async function added(file: string): Promise<Attachment> {
  const { id } = await facet.client.request('attachment.addFile', { path: file });
  return facet.client.request('attachment.read', { id });
}
async function now(id: string): Promise<Attachment | undefined> {
  return (await facet.client.request('app.snapshot', {})).state.attachments.find((one) => one.id === id);
}

test('a data file is tried and taken, compressed or not, and deleted with its place in the settings', async () => {
  expect(await states()).toEqual(['eng builtIn']);
  await facet.client.request('ocr.add', { path: placed('deu.traineddata.gz') });
  await facet.client.request('ocr.add', { path: placed('chi_sim.traineddata', gunzipSync(readFileSync(english))) });
  expect(await states()).toEqual(['eng builtIn', 'chi_sim installed', 'deu installed']);

  await facet.client.request('settings.update', { patch: { ocrLanguages: ['deu', 'eng'] } });
  await facet.client.request('ocr.remove', { code: 'deu' });
  const { state } = await facet.client.request('app.snapshot', {});
  expect(state.settings.ocrLanguages).toEqual(['eng']);
  expect(await states()).toEqual(['eng builtIn', 'chi_sim installed']);
});

test('what is no language data is refused, and leaves nothing behind', async () => {
  await expect(facet.client.request('ocr.add', { path: placed('deu.traineddata', Buffer.from('no data at all')) })).rejects.toMatchObject({
    data: { code: 'fileUnreadable', details: { file: 'deu.traineddata' } },
  });
  const half = readFileSync(english).subarray(0, 100_000);
  await expect(facet.client.request('ocr.add', { path: placed('pol.traineddata.gz', half) })).rejects.toMatchObject({
    data: { code: 'fileUnreadable' },
  });
  await expect(facet.client.request('ocr.add', { path: path.join(dataFolder, 'ita.traineddata') })).rejects.toMatchObject({
    data: { code: 'notFound' },
  });
  await invalid(facet.client.request('ocr.add', { path: placed('notes.txt', Buffer.from('x')) }));
  await invalid(facet.client.request('ocr.add', { path: placed('eng.traineddata') }));
  const folder = path.join(dataFolder, 'ocr');
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
});

test('a language that is not here cannot be chosen, removed or used', async () => {
  await invalid(facet.client.request('settings.update', { patch: { ocrLanguages: ['deu'] } }));
  await invalid(facet.client.request('settings.update', { patch: { ocrLanguages: [] } }));
  await invalid(facet.client.request('settings.update', { patch: { ocrLanguages: ['eng', 'eng'] } }));
  await invalid(facet.client.request('ocr.use', { languages: ['deu'] }));
  await invalid(facet.client.request('ocr.remove', { code: 'eng' }));
  await invalid(facet.client.request('ocr.get', { code: 'xxx' }));
  await facet.client.request('settings.update', { patch: { offline: true } });
  await expect(facet.client.request('ocr.get', { code: 'fra' })).rejects.toMatchObject({ data: { code: 'networkFailed' } });
});

test('scans are read in the languages chosen, and again when others are chosen, wherever the content is used', async () => {
  const scan = placed('scan.pdf', await scannedPdf([path.join(projectFolder, 'test/fixtures/labels/receipt.png')]));
  const first = await added(scan);
  expect(first.state).toMatchObject({ document: { pages: [{ source: 'ocr' }] } });
  expect(JSON.stringify(first.state)).not.toContain('languages');

  await facet.client.request('ocr.add', { path: placed('deu.traineddata.gz') });
  await facet.client.request('ocr.use', { languages: ['deu'] });
  const second = await added(scan);
  expect(second.state).toMatchObject({ document: { pages: [{ source: 'ocr', languages: ['deu'] }] } });
  expect((await now(first.id))?.state).toEqual(second.state);
  // Its words are looked for in the language that it was read in.
  const words = await facet.client.request('attachment.pageWords', { id: first.id, page: 1 });
  expect(words?.words.map(({ text }) => text)).toContain('8352');

  await facet.client.request('ocr.use', { languages: ['eng'] });
  const back = await facet.client.request('attachment.recognizeAgain', { id: second.id });
  expect(back.state).toEqual(first.state);
  expect((await now(first.id))?.state).toEqual(first.state);
});

test('a document with a text of its own is not read again for another language', async () => {
  const lease = await added(path.join(projectFolder, 'test/fixtures/documents/lease.pdf'));
  await facet.client.request('ocr.add', { path: placed('deu.traineddata.gz') });
  await facet.client.request('ocr.use', { languages: ['deu'] });
  const again = await added(path.join(projectFolder, 'test/fixtures/documents/lease.pdf'));
  expect(again.state).toEqual(lease.state);
});
