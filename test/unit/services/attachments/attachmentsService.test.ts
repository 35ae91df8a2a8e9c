import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { AttachmentsService } from '../../../../electron/services/attachments/attachmentsService.ts';
import { createAttachmentsService } from '../../../../electron/services/attachments/createAttachmentsService.ts';
import { openDatabase, type Database } from '../../../../electron/services/database/openDatabase.ts';
import { createImagesService } from '../../../../electron/services/images/createImagesService.ts';
import type { Attachment } from '../../../../electron/shared/attachments.ts';
import { FacetError, type ErrorData } from '../../../../electron/shared/errors.ts';
import { readerInProcess } from '../../../fakes/readerInProcess.ts';
import { tiffOf } from '../../../fixtures/tiffOf.ts';

const fixtures = path.join(import.meta.dirname, '../../../fixtures');
const picture = path.join(fixtures, 'images/decode/orientation6.jpg');
const mixedPdf = path.join(fixtures, 'documents/mixed.pdf');

let folder = '';
let database: Database;
let reading: ReturnType<typeof readerInProcess>;
let attachments: AttachmentsService;
let announced: Attachment[] = [];
let removed: string[] = [];

async function start(): Promise<void> {
  database = openDatabase(path.join(folder, 'facet.db'));
  reading = readerInProcess();
  attachments = await createAttachmentsService({
    database,
    dataFolder: folder,
    reader: reading.reader,
    emit: (name, payload) => {
      if (name === 'attachment.changed' && 'attachment' in payload) announced.push(payload.attachment);
      if (name === 'attachment.removed' && 'id' in payload) removed.push(payload.id);
    },
  });
}

async function stop(): Promise<void> {
  await attachments.close();
  reading.close();
  database.close();
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'facet-attachments-'));
  announced = [];
  removed = [];
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function refusal(work: Promise<unknown>): Promise<ErrorData> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof FacetError)) throw new Error(`not refused properly: ${String(outcome)}`);
  return outcome.data;
}

async function added(source: string): Promise<Attachment> {
  const { id } = await attachments.addFile(source);
  return attachments.settled(id);
}

async function uploaded(name: string, bytes: Buffer, pieceBytes = 1000): Promise<Attachment> {
  const uploadId = await attachments.uploads.begin(name, bytes.length);
  for (let at = 0; at < bytes.length; at += pieceBytes)
    await attachments.uploads.append(uploadId, bytes.subarray(at, at + pieceBytes).toString('base64'));
  return attachments.uploads.finish(uploadId);
}

const storedFiles = (): readonly string[] => readdirSync(path.join(folder, 'attachments')).filter((name) => name !== 'incoming');
const incomingFiles = (): readonly string[] => readdirSync(path.join(folder, 'attachments/incoming'));

describe('attachments by path', () => {
  it('keeps a copy under its hash, so that the original may go', async () => {
    const original = path.join(folder, 'mine.jpg');
    copyFileSync(picture, original);
    const attachment = await added(original);
    const bytes = readFileSync(picture);
    expect(attachment).toMatchObject({ name: 'mine.jpg', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    rmSync(original);
    expect(readFileSync(attachments.fileOf(attachment.id).path)).toEqual(bytes);
    expect(incomingFiles()).toEqual([]);
  });

  it('reads a picture upright and a document with its coverage', async () => {
    expect((await added(picture)).state).toEqual({ kind: 'image', image: { format: 'jpeg', width: 60, height: 40, warnings: [] } });
    const { state } = await added(mixedPdf);
    expect(state).toMatchObject({
      kind: 'document',
      document: { format: 'pdf', title: 'A mixed file', coverage: { pages: 5, text: 3, blank: 1, failed: 1 } },
    });
  });

  it('announces reading, then the progress, then the end; the last announcement is the stored state', async () => {
    const attachment = await added(mixedPdf);
    expect(announced[0]?.state).toEqual({ kind: 'reading', done: 0, total: 0 });
    expect(announced.some(({ state }) => state.kind === 'reading' && state.total === 5)).toBe(true);
    expect(announced.at(-1)).toEqual(attachment);
    expect(attachments.list()).toEqual([attachment]);
  });

  it('gives the text of a document by page, and of nothing else', async () => {
    const { id } = await added(mixedPdf);
    const pages = await attachments.text(id);
    expect(pages.map(({ page }) => page)).toEqual([1, 2, 3, 4, 5]);
    expect(pages[0]?.text).toContain('Total: 1,234.50 EUR');
    expect((await refusal(attachments.text((await added(picture)).id))).code).toBe('invalidRequest');
  });

  it('reads each content once, also after a restart', async () => {
    const first = await added(mixedPdf);
    const again = path.join(folder, 'another name.pdf');
    copyFileSync(mixedPdf, again);
    const second = await added(again);
    expect(second.state).toEqual(first.state);
    expect(reading.requests.get('document.read')).toBe(1);
    await stop();
    await start();
    expect((await added(mixedPdf)).state).toEqual(first.state);
    expect(reading.requests.get('document.read')).toBeUndefined();
    expect(storedFiles()).toHaveLength(1);
  });

  it('makes what is wrong with a file its state, with one clear error', async () => {
    const failed = async (name: string): Promise<unknown> => (await added(path.join(fixtures, name))).state;
    expect(await failed('images/decode/half.png')).toEqual({
      kind: 'failed',
      error: { code: 'fileUnreadable', details: { file: 'half.png', reason: 'the picture is cut off: its end is missing' } },
    });
    expect(await failed('images/decode/bomb.png')).toMatchObject({
      kind: 'failed',
      error: { code: 'fileTooLarge', details: { unit: 'pixels' } },
    });
    expect(await failed('documents/scan.pdf')).toMatchObject({ kind: 'failed', error: { code: 'documentEmpty' } });
    const { id } = await added(path.join(fixtures, 'documents/half.pdf'));
    expect(await refusal(attachments.text(id))).toEqual({
      code: 'fileUnreadable',
      details: { file: 'half.pdf', reason: 'the PDF is damaged' },
    });
  });

  it('takes a TIFF of several pages as a picture when asked to, and where it has no text', async () => {
    const pages = path.join(fixtures, 'images/decode/pages.tif');
    const { id } = await attachments.addFile(pages, { asPicture: true });
    const asked = await attachments.settled(id);
    expect(asked.state).toMatchObject({
      kind: 'image',
      image: {
        format: 'tiff',
        warnings: ['page 1 of 2 is used', 'the others are chosen with --page, and all are read when it is given with --doc'],
      },
    });
    expect(attachments.ink(id)).not.toBeNull();
    const blank = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#ffffff' } })
      .png()
      .toBuffer();
    const wordless = path.join(folder, 'wordless.tiff');
    writeFileSync(wordless, await tiffOf([blank, blank]));
    expect((await added(wordless)).state).toMatchObject({
      kind: 'image',
      image: { warnings: ['page 1 of 2 is used', expect.stringContaining('no text was found')] },
    });
  });

  it('adds a page of a document as a picture of its own, by its path or by what was added', async () => {
    const scan = path.join(folder, 'scan.tiff');
    writeFileSync(scan, await tiffOf([path.join(fixtures, 'labels/receipt.png'), path.join(fixtures, 'labels/ticket.png')]));
    const { id } = await added(scan);
    const fromDocument = await attachments.settled((await attachments.addPage(id, 2)).id);
    expect(fromDocument).toMatchObject({
      name: 'scan, page 2.png',
      state: { kind: 'image', image: { format: 'png', width: 224, height: 224, warnings: [] } },
    });
    const fromPath = await attachments.settled((await attachments.addFile(scan, { asPicture: true, page: 2 })).id);
    expect(fromPath.sha256).toBe(fromDocument.sha256);
    expect(await refusal(attachments.addPage(id, 3))).toMatchObject({ code: 'invalidRequest', details: { field: 'page' } });
    expect(await refusal(attachments.addFile(picture, { asPicture: true, page: 1 }))).toMatchObject({ code: 'invalidRequest' });
    expect(await refusal(attachments.addFile(path.join(folder, 'nosuch.tiff'), { asPicture: true, page: 1 }))).toMatchObject({
      code: 'notFound',
    });
  });

  it('asks for a password, and reads on with the right one', async () => {
    const { id, state } = await added(path.join(fixtures, 'documents/locked.pdf'));
    expect(state).toMatchObject({ kind: 'failed', error: { code: 'passwordRequired', details: { wrong: false } } });
    expect((await attachments.read(id, 'open')).state).toMatchObject({ error: { code: 'passwordRequired', details: { wrong: true } } });
    expect((await attachments.read(id, 'sesame')).state.kind).toBe('document');
    expect(attachments.get(id).state.kind).toBe('document');
  });

  it('lets nobody in without the password because the same file was read before', async () => {
    const locked = path.join(fixtures, 'documents/locked.pdf');
    const first = await added(locked);
    await attachments.read(first.id, 'sesame');
    const again = await added(locked);
    expect(again.state).toMatchObject({ kind: 'failed', error: { code: 'passwordRequired', details: { wrong: false } } });
    expect((await attachments.read(again.id, 'open')).state).toMatchObject({
      error: { code: 'passwordRequired', details: { wrong: true } },
    });
    expect((await attachments.read(again.id, 'sesame')).state).toMatchObject({ kind: 'document', document: { coverage: { text: 3 } } });
    expect(attachments.list().map(({ state }) => state.kind)).toEqual(['document', 'document']);
  });

  it('says of each file what its own name promises wrongly, and not of the same content under another name', async () => {
    const wrong = path.join(folder, 'lease.docx');
    copyFileSync(path.join(fixtures, 'documents/lease.pdf'), wrong);
    const warnings = ({ state }: Attachment) => (state.kind === 'document' ? state.document.warnings : null);
    const named = 'its name ends in .docx, but its content is PDF, and was read as such';
    expect(warnings(await added(wrong))).toEqual([named]);
    expect(warnings(await added(path.join(fixtures, 'documents/lease.pdf')))).toEqual([]);
    expect(attachments.list().map(warnings)).toEqual([[named], []]);
    expect(announced.map(warnings).filter((one) => one !== null)).toEqual([[named], []]);
  });

  it('uses a password that comes while the file is still being read without one', async () => {
    const { id } = await attachments.addFile(path.join(fixtures, 'documents/locked.pdf'));
    expect((await attachments.read(id, 'sesame')).state.kind).toBe('document');
  });

  it('refuses at once what is no file to copy', async () => {
    const huge = path.join(folder, 'huge.pdf');
    writeFileSync(huge, '%PDF-1.7');
    truncateSync(huge, 2 * 2 ** 30);
    const empty = path.join(folder, 'empty.txt');
    writeFileSync(empty, '');
    mkdirSync(path.join(folder, 'album.png'));
    expect(await refusal(attachments.addFile(huge))).toMatchObject({
      code: 'fileTooLarge',
      details: { file: 'huge.pdf', unit: 'bytes', actual: 2 * 2 ** 30 },
    });
    expect(await refusal(attachments.addFile(empty))).toMatchObject({
      code: 'fileUnreadable',
      details: { reason: 'it is empty (0 bytes)' },
    });
    expect(await refusal(attachments.addFile(path.join(folder, 'album.png')))).toMatchObject({ details: { reason: 'it is a folder' } });
    expect(await refusal(attachments.addFile('/dev/zero'))).toMatchObject({ details: { reason: 'it is not a regular file' } });
    expect(await refusal(attachments.addFile(path.join(folder, 'gone.png')))).toMatchObject({
      code: 'notFound',
      details: { what: 'file' },
    });
    expect(attachments.list()).toEqual([]);
    expect([...storedFiles(), ...incomingFiles()]).toEqual([]);
  });
});

describe('attachments by upload', () => {
  it('puts pieces together and reads the file', async () => {
    const { id, sha256, name } = await uploaded('C:\\photos\\mine.jpg', readFileSync(picture));
    expect(name).toBe('mine.jpg');
    expect(sha256).toBe(createHash('sha256').update(readFileSync(picture)).digest('hex'));
    expect((await attachments.settled(id)).state.kind).toBe('image');
  });

  it('keeps the order of pieces that are sent without waiting', async () => {
    const bytes = readFileSync(picture);
    const uploadId = await attachments.uploads.begin('a.jpg', bytes.length);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, index) => bytes.subarray(index * 100, index * 100 + 100));
    await Promise.all(pieces.map((piece) => attachments.uploads.append(uploadId, piece.toString('base64'))));
    expect((await attachments.uploads.finish(uploadId)).sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('refuses sizes before any byte arrives', async () => {
    expect((await refusal(attachments.uploads.begin('a', 0))).code).toBe('fileUnreadable');
    expect(await refusal(attachments.uploads.begin('a', 2 * 2 ** 30))).toMatchObject({
      code: 'fileTooLarge',
      details: { limit: 512 * 2 ** 20 },
    });
  });

  it.each([
    ['not base64', 'AAA*'],
    ['half a group', 'AAAAA'],
    ['more than a piece', 'A'.repeat(400_000)],
    ['more than was said', Buffer.alloc(11).toString('base64')],
  ])('refuses a piece that is %s, and forgets the upload', async (_name, base64) => {
    const uploadId = await attachments.uploads.begin('a', 10);
    expect((await refusal(attachments.uploads.append(uploadId, base64))).code).toBe('invalidRequest');
    await attachments.uploads.abort(uploadId);
    expect((await refusal(attachments.uploads.finish(uploadId))).code).toBe('notFound');
    expect(incomingFiles()).toEqual([]);
  });

  it('refuses to finish when bytes are missing', async () => {
    const uploadId = await attachments.uploads.begin('a.txt', 10);
    await attachments.uploads.append(uploadId, Buffer.from('hello').toString('base64'));
    expect(await refusal(attachments.uploads.finish(uploadId))).toEqual({
      code: 'fileUnreadable',
      details: { file: 'a.txt', reason: 'only 5 of 10 bytes arrived' },
    });
    expect([...storedFiles(), ...incomingFiles()]).toEqual([]);
  });

  it('takes no more than 32 at once', async () => {
    for (let index = 0; index < 32; index += 1) await attachments.uploads.begin('a', 10);
    expect((await refusal(attachments.uploads.begin('a', 10))).code).toBe('busy');
  });
});

describe('removing attachments', () => {
  it('deletes the bytes and what was read with the last attachment of a content', async () => {
    const first = await added(mixedPdf);
    const second = await added(mixedPdf);
    await attachments.remove(first.id);
    expect(storedFiles()).toHaveLength(1);
    expect(await attachments.text(second.id)).toHaveLength(5);
    await attachments.remove(second.id);
    expect(storedFiles()).toEqual([]);
    expect(database.prepare('SELECT count(*) AS rows FROM reading_pages').get()).toEqual({ rows: 0 });
    expect(removed).toEqual([first.id, second.id]);
    expect((await refusal(attachments.remove(first.id))).code).toBe('notFound');
  });

  it('keeps the bytes that come in again while the last attachment of the same content goes, whatever the moment', async () => {
    const bytes = readFileSync(picture);
    for (let turns = 0; turns < 24; turns++) {
      const first = await uploaded('a.jpg', bytes, bytes.length);
      await attachments.settled(first.id);
      const uploadId = await attachments.uploads.begin('b.jpg', bytes.length);
      await attachments.uploads.append(uploadId, bytes.toString('base64'));
      const finishing = attachments.uploads.finish(uploadId);
      for (let turn = 0; turn < turns; turn++) await nextTurn();
      await attachments.remove(first.id);
      const second = await finishing;
      expect(existsSync(attachments.fileOf(second.id).path), `after ${turns} turns`).toBe(true);
      expect((await attachments.settled(second.id)).state.kind).toBe('image');
      await attachments.remove(second.id);
      expect(storedFiles()).toEqual([]);
    }
  });

  it('stops the reading that goes on', async () => {
    const { id } = await attachments.addFile(mixedPdf);
    await attachments.remove(id);
    expect(attachments.list()).toEqual([]);
    expect(announced.every(({ state }) => state.kind === 'reading')).toBe(true);
  });

  it('keeps what a conversation uses', async () => {
    const { id } = await added(picture);
    database.exec(`INSERT INTO conversations (id, created_at, updated_at) VALUES ('c', 0, 0);
      INSERT INTO messages (id, conversation_id, role, created_at, text) VALUES ('m', 'c', 'user', 0, '');`);
    database.prepare(`INSERT INTO message_attachments VALUES ('m', 0, ?, 'auto', '[]')`).run(id);
    expect((await refusal(attachments.remove(id))).code).toBe('busy');
    expect(existsSync(attachments.fileOf(id).path)).toBe(true);
  });

  it('forgets at the next start what no message used for a week', async () => {
    const old = await added(picture);
    const young = await added(mixedPdf);
    database.prepare('UPDATE attachments SET created_at = ? WHERE id = ?').run(Date.now() - 8 * 86_400_000, old.id);
    await stop();
    await start();
    expect(attachments.list().map(({ id }) => id)).toEqual([young.id]);
    expect(storedFiles()).toHaveLength(1);
  });
});

describe('an interrupted reading', () => {
  it('goes on at the next start', async () => {
    const { id } = await attachments.addFile(mixedPdf);
    await stop();
    await start();
    expect((await attachments.settled(id)).state.kind).toBe('document');
  });
});

describe('pictures of attachments', () => {
  // The scan among the pages is recognised, upright and turned.
  it('gives views of the upright picture, previews that fit, and plans', { timeout: 90_000 }, async () => {
    const images = createImagesService({ attachments, reader: reading.reader });
    const { id } = await added(picture);
    const views = await images.views(id, [null, { x: 0, y: 0, width: 30, height: 20 }], 56);
    expect(views.map(({ rgb }) => rgb.length)).toEqual([56 * 56 * 3, 56 * 56 * 3]);
    expect(views.map(({ rgb, sha256 }) => createHash('sha256').update(rgb).digest('hex') === sha256)).toEqual([true, true]);
    // The blue quarter of the upright picture.
    expect([...(views[1]?.rgb.subarray(0, 3) ?? [])].map((value) => Math.round(value / 128))).toEqual([0, 0, 2]);
    const [first] = await images.views(id, [{ x: 0, y: 0, width: 4, height: 4 }], 8);
    const shown = await images.view(id, { x: 0, y: 0, width: 4, height: 4 }, 8, new AbortController().signal);
    const pixels = await sharp(Buffer.from(shown.base64, 'base64')).raw().toBuffer({ resolveWithObject: true });
    expect([pixels.info.width, pixels.info.height, pixels.info.channels]).toEqual([8, 8, 3]);
    expect(new Uint8Array(pixels.data)).toEqual(new Uint8Array(first?.rgb ?? []));
    const preview = await images.preview(id, 30);
    expect(preview?.mime).toBe('image/webp');
    expect(images.plan(id, 'auto', [], 896, 9).crops).toEqual([]);
    expect(images.plan(id, 'region', [{ x: 1, y: 2, width: 3, height: 4 }], 896, 9).crops).toEqual([{ x: 1, y: 2, width: 3, height: 4 }]);
    expect((await refusal(images.views(id, [{ x: 50, y: 0, width: 30, height: 20 }], 56))).code).toBe('invalidRequest');
    expect((await refusal(images.views(id, [null], 5000))).code).toBe('invalidRequest');
    expect(await images.preview((await added(mixedPdf)).id, 30)).toBeNull();
  });
});
