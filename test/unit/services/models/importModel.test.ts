import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkGguf } from '../../../../electron/reader/gguf/checkGguf.ts';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { CatalogueEntry } from '../../../../electron/services/models/catalogue.ts';
import { createModelsService, type ModelsService } from '../../../../electron/services/models/createModelsService.ts';
import { writeGguf } from '../../../fakes/ggufWriter.ts';
import { tinyProjectorSpec, tinyTextSpec, withKey } from '../../../fakes/tinyGemma.ts';

const text = writeGguf(tinyTextSpec());
const projector = writeGguf(tinyProjectorSpec());
const sha256 = createHash('sha256').update(text).digest('hex');
const id = `local-${sha256.slice(0, 12)}`;

let folder = '';
let database: ReturnType<typeof openDatabase>;
let service: ModelsService;
let events: string[] = [];
let checked: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-import-'));
  mkdirSync(join(folder, 'files'));
  database = openDatabase(join(folder, 'facet.db'));
  service = start([]);
});
afterEach(async () => {
  await service.close();
  database.close();
  rmSync(folder, { recursive: true });
});

function start(models: readonly CatalogueEntry[]): ModelsService {
  events = [];
  checked = [];
  return createModelsService({
    database,
    dataFolder: folder,
    resourcesFolder: folder,
    reader: { request: (_, { path }) => (checked.push(path), checkGguf(path)) },
    emit: (name, payload) => events.push(`${name} ${'model' in payload ? payload.model.id : 'id' in payload ? payload.id : ''}`),
    catalogue: { version: 2, starter: [], models },
  });
}
function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, 'files', name);
  writeFileSync(path, bytes);
  return path;
}

test('a model is taken where it is, with its hash, and is there after a restart', async () => {
  const path = put('my model.gguf', text);
  const model = await service.import(path, null);
  expect(model).toMatchObject({
    id,
    name: 'tiny',
    size: 'custom',
    quantisation: 'F32',
    profile: 'turns',
    contextLimit: 1024,
    projector: null,
  });
  expect(model.text).toEqual({ path, bytes: text.length, sha256 });
  expect(model.state).toEqual({ kind: 'installed' });
  expect(events).toEqual([`model.changed ${id}`]);
  await service.close();
  service = start([]);
  expect(service.list()).toEqual([model]);
});

test('the vision part beside it is found by content, not by name', async () => {
  const path = put('model.gguf', text);
  put('a-mmproj-of-another-size.gguf', writeGguf(tinyProjectorSpec(32)));
  put('damaged-mmproj.gguf', projector.subarray(0, 500));
  const eyes = put('zzz.gguf', projector);
  expect((await service.import(path, null)).projector).toMatchObject({ path: eyes, bytes: projector.length });
});

test('a given vision part has to fit', async () => {
  const path = put('model.gguf', text);
  const eyes = put('eyes.gguf', projector);
  expect((await service.import(path, eyes)).projector?.path).toBe(eyes);
  const wrong = put('other.gguf', writeGguf(tinyProjectorSpec(32)));
  await expect(service.import(path, wrong)).rejects.toMatchObject({
    data: { code: 'modelInvalid', details: { check: 'projector-mismatch' } },
  });
  await expect(service.import(path, path)).rejects.toMatchObject({ data: { code: 'modelInvalid', details: { check: 'not-projector' } } });
});

test('the profile follows the chat template, and a pretrained file says so', async () => {
  const path = put('base.gguf', writeGguf(withKey(tinyTextSpec(), 'tokenizer.chat_template', null)));
  const model = await service.import(path, null);
  expect(model.profile).toBe('transcript');
  expect(model.notes[0]).toBe('pretrained checkpoint: good for trying Facet; short answers only');
});

test('the catalogue knows a file by its hash, wherever it lies', async () => {
  const source = { kind: 'web', url: 'https://models.invalid/x' } as const;
  const entry: CatalogueEntry = {
    ...{
      id: 'known',
      name: 'Known',
      size: '1B',
      quantisation: 'Q4_0',
      profile: 'transcript',
      contextLimit: 1,
      licence: 'terms',
      notes: ['note'],
    },
    text: { source, bytes: text.length, sha256 },
    projector: null,
  };
  await service.close();
  service = start([entry]);
  expect(await service.import(put('x.gguf', text), null)).toMatchObject({ id, name: 'Known', profile: 'transcript', licence: 'terms' });
});

test.each([
  ['a projector alone', projector, 'modelInvalid', 'vision part'],
  ['another kind of file', Buffer.from('hello'), 'modelInvalid', 'not a GGUF'],
])('%s is refused with a plain reason', async (_, bytes, code, words) => {
  const failure = await service.import(put('x.gguf', bytes), null).catch((error: unknown) => error);
  expect(failure).toMatchObject({ data: { code, details: { reason: expect.stringContaining(words) as string } } });
  expect(service.list()).toEqual([]);
});

test('files that are not there, folders, and links', async () => {
  await expect(service.import(join(folder, 'none.gguf'), null)).rejects.toMatchObject({ data: { code: 'notFound' } });
  await expect(service.import(folder, null)).rejects.toMatchObject({ data: { code: 'fileUnreadable' } });
  const path = put('x.gguf', text);
  symlinkSync(path, join(folder, 'link.gguf'));
  expect((await service.import(join(folder, 'link.gguf'), null)).text.path).toBe(path);
});

test('a file that was changed or moved since is not loaded', async () => {
  const path = put('x.gguf', text);
  await service.import(path, null);
  expect((await service.requireLoadable(id)).id).toBe(id);
  utimesSync(path, 1, 1);
  expect(service.get(id).state).toMatchObject({ kind: 'failed', error: { code: 'fileUnreadable' } });
  await expect(service.requireLoadable(id)).rejects.toMatchObject({ data: { code: 'fileUnreadable' } });
  await service.import(path, null);
  expect((await service.requireLoadable(id)).id).toBe(id);
  renameSync(path, `${path}.moved`);
  await expect(service.requireLoadable(id)).rejects.toMatchObject({ data: { code: 'notFound' } });
});

test('every load is checked again, both files', async () => {
  const path = put('x.gguf', text);
  const eyes = put('mmproj.gguf', projector);
  await service.import(path, eyes);
  checked = [];
  await service.requireLoadable(id);
  expect(checked).toEqual([path, eyes]);
  await expect(service.requireLoadable('nothing')).rejects.toMatchObject({ data: { code: 'modelMissing' } });
});

test('remove forgets the model and leaves the file', async () => {
  const path = put('x.gguf', text);
  await service.import(path, null);
  await service.remove(id);
  expect(service.list()).toEqual([]);
  expect(events.at(-1)).toBe(`model.removed ${id}`);
  expect((await checkGguf(path)).ok).toBe(true);
});

test('another process sees it at its next look', async () => {
  const neighbour = start([]);
  try {
    await service.import(put('x.gguf', text), null);
    await expect.poll(() => neighbour.list().map((model) => model.id)).toEqual([id]);
    events = [];
    await expect.poll(() => events, { timeout: 15_000 }).toContain(`model.changed ${id}`);
  } finally {
    await neighbour.close();
  }
});

test('a copy goes on when the original is gone, and is deleted with the model', async () => {
  const path = put('model.gguf', text);
  const eyes = put('mmproj.gguf', projector);
  const model = await service.import(path, null, { copy: true });
  const copies = [join(folder, 'models', `${sha256}.gguf`), join(folder, 'models', `${hashOf(projector)}.gguf`)];
  expect([model.text.path, model.projector?.path]).toEqual(copies);
  rmSync(path);
  rmSync(eyes);
  expect(service.get(id).state).toEqual({ kind: 'installed' });
  await service.remove(id);
  expect(copies.some((copy) => existsSync(copy))).toBe(false);
  await service.restore(id);
  expect(service.get(id).state).toEqual({ kind: 'installed' });
});

test('nothing stays of a copy that is stopped', async () => {
  const path = put('model.gguf', text);
  const stopped = new AbortController();
  stopped.abort();
  await expect(service.import(path, null, { copy: true, signal: stopped.signal })).rejects.toThrow();
  expect(readdirSync(join(folder, 'models', 'partial'))).toEqual([]);
  expect(service.list()).toEqual([]);
});

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
