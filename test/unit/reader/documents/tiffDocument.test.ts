import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import { tiffPagePicture, tiffPagePng, tiffPageWords } from '../../../../electron/reader/documents/tiff/tiffPageViews.ts';
import { identifyFile } from '../../../../electron/reader/identifyFile.ts';
import { decodeImage } from '../../../../electron/reader/images/decodeImage.ts';
import { tiffPages } from '../../../../electron/reader/images/tiffPages.ts';
import { createTextRecognizer } from '../../../../electron/reader/ocr/createTextRecognizer.ts';
import type { ReadDocument } from '../../../../electron/reader/readerContract.ts';
import { tiffOf } from '../../../fixtures/tiffOf.ts';
import { refusal } from './readFixture.ts';

const labels = path.join(import.meta.dirname, '../../../fixtures/labels');
const folder = mkdtempSync(path.join(tmpdir(), 'facet-tiff-'));
const recognizer = createTextRecognizer();
afterAll(() => {
  recognizer.close();
  rmSync(folder, { recursive: true });
});

const blank = (background = '#ffffff'): Promise<Buffer> =>
  sharp({ create: { width: 600, height: 400, channels: 3, background } })
    .png()
    .toBuffer();
function stored(name: string, bytes: Buffer): { readonly path: string; readonly name: string } {
  const file = { path: path.join(folder, name), name };
  writeFileSync(file.path, bytes);
  return file;
}
const read = (file: { readonly path: string; readonly name: string }, signal = new AbortController().signal): Promise<ReadDocument> =>
  readDocument(file, { password: null, signal, recognizer, onPage: () => undefined });

describe('a TIFF of several pages', () => {
  let scan: { readonly path: string; readonly name: string };
  beforeAll(async () => {
    const pages = [path.join(labels, 'receipt.png'), await blank(), path.join(labels, 'ticket.png')];
    scan = stored('scan.tiff', await tiffOf(pages));
  });

  it('is a scanned document: its pages are read by OCR, blank ones told', async () => {
    expect(await identifyFile(scan)).toEqual({ kind: 'document', format: 'multipage-tiff' });
    const { format, pages, coverage, warnings } = await read(scan);
    expect({ format, coverage, warnings }).toEqual({
      format: 'multipage-tiff',
      coverage: { pages: 3, text: 0, ocr: 2, vision: 0, blank: 1, failed: 0 },
      warnings: [],
    });
    expect(pages[0]?.text).toContain('8352');
    expect(pages[2]?.text).not.toContain('8352');
    expect(pages[0]?.warnings).toEqual([expect.stringContaining('OCR')]);
  });

  it('shows its pages, and where their words stand', async () => {
    const { width, height, words } = await tiffPageWords({ ...scan, page: 1, password: null }, recognizer, new AbortController().signal);
    const total = words.find(({ text }) => text.includes('8352'));
    expect(total).toBeDefined();
    expect(total?.x).toBeGreaterThan(0);
    expect((total?.y ?? Infinity) + (total?.height ?? 0)).toBeLessThanOrEqual(height);
    const picture = await tiffPagePicture({ ...scan, page: 3, password: null, width: 120 });
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ format: 'webp', width: 120, height: Math.round((120 * height) / width) });
    expect((await refusal(tiffPagePicture({ ...scan, page: 4, password: null, width: 120 }))).code).toBe('invalidRequest');
  });

  it('as a picture is its first page, and says so', async () => {
    const picture = await decodeImage(scan, 'tiff');
    const page = await decodeImage({ path: path.join(labels, 'receipt.png'), name: 'receipt.png' }, 'png');
    expect(picture).toMatchObject({ pages: 3, warnings: ['page 1 of 3 is used'] });
    expect(Buffer.compare(picture.rgb, page.rgb)).toBe(0);
  });

  it('gives each page as a picture of its own, in its own pixels', async () => {
    const { png } = await tiffPagePng({ ...scan, page: 3, password: null });
    const page = await sharp(png).raw().toBuffer();
    const ticket = await decodeImage({ path: path.join(labels, 'ticket.png'), name: 'ticket.png' }, 'png');
    expect(Buffer.compare(page, ticket.rgb)).toBe(0);
    expect(await refusal(tiffPagePng({ ...scan, page: 4, password: null }))).toEqual({
      code: 'invalidRequest',
      details: { field: 'page', reason: 'must be from 1 to 3' },
    });
  });

  it('tells a page that is damaged, and reads the others', async () => {
    const whole = await tiffOf([path.join(labels, 'receipt.png'), path.join(labels, 'ticket.png')]);
    // The list of directories stands before the last page's strips in none of our files; so cut a strip's bytes in place.
    const bytes = Buffer.from(whole);
    bytes.fill(0xff, 8, 4_000);
    const { pages, coverage } = await read(stored('damaged.tiff', bytes));
    expect(coverage).toMatchObject({ pages: 2, ocr: 1, failed: 1 });
    expect(pages[0]?.warnings[0]).toMatch(/damaged/);
  });

  it('without any text is no document', async () => {
    expect((await refusal(read(stored('grey.tiff', await tiffOf([await blank(), await blank('#dddddd')]))))).code).toBe('documentEmpty');
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    expect((await refusal(read(scan, abort.signal))).code).toBe('cancelled');
  });
});

describe('pages of a TIFF', () => {
  it('leaves out smaller copies of a page: such a file is one picture', async () => {
    const pyramid = await sharp(await blank('#eeeeee'))
      .tiff({ pyramid: true, tile: true, tileWidth: 256, tileHeight: 256 })
      .toBuffer();
    const file = stored('pyramid.tiff', pyramid);
    expect((await sharp(pyramid).metadata()).pages).toBeGreaterThan(1);
    expect(await tiffPages(file)).toEqual([0]);
    expect(await identifyFile(file)).toEqual({ kind: 'image', format: 'tiff' });
  });

  it('are found in BigTIFF too', async () => {
    const big = await sharp([await blank(), await blank('#eeeeee')], { join: { animated: true } })
      .tiff({ bigtiff: true })
      .toBuffer();
    expect(await tiffPages(stored('big.tiff', big))).toEqual([0, 1]);
  });

  it('end where their list goes round in a circle or is cut off', async () => {
    const whole = await tiffOf([await blank(), await blank('#eeeeee')]);
    const first = whole.readUInt32LE(4);
    const circle = Buffer.from(whole);
    circle.writeUInt32LE(first, first + 2 + 12 * whole.readUInt16LE(first));
    expect(await tiffPages(stored('circle.tiff', circle))).toEqual([0]);
    const away = Buffer.from(whole);
    away.writeUInt32LE(0xffff_fff0, first + 2 + 12 * whole.readUInt16LE(first));
    expect(await tiffPages(stored('away.tiff', away))).toEqual([0]);
    expect((await refusal(tiffPages(stored('none.tiff', whole.subarray(0, 10))))).code).toBe('fileUnreadable');
  });
});
