import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createPdfPages } from '../../../../electron/reader/documents/pdf/createPdfPages.ts';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import { createTextRecognizer } from '../../../../electron/reader/ocr/createTextRecognizer.ts';
import type { PageRequest } from '../../../../electron/reader/readerContract.ts';
import { scannedPdf } from '../../../fixtures/scannedPdf.ts';

const recognizer = createTextRecognizer();
const pages = createPdfPages(recognizer);
afterAll(() => {
  pages.close();
  recognizer.close();
  rmSync(temporary, { recursive: true });
});
const temporary = mkdtempSync(path.join(tmpdir(), 'facet-pages-'));
const { signal } = new AbortController();
const folder = path.join(import.meta.dirname, '../../../fixtures/documents');
const request = (name: string, page: number, password: string | null = null): PageRequest => ({
  path: path.join(folder, name),
  name,
  page,
  password,
});
const textOf = async (name: string, page: number): Promise<string> => {
  const document = await readDocument(
    { path: path.join(folder, name), name },
    { password: null, signal, recognizer, onPage: () => undefined },
  );
  return document.pages[page - 1]?.text ?? '';
};

describe('words of a page', () => {
  it.each([
    ['twoColumns.pdf', 1],
    ['mixed.pdf', 1],
    ['mixed.pdf', 5],
    ['rotated.pdf', 1],
    ['japanese.pdf', 1],
    ['lease.pdf', 1],
  ])('cover the text of %s, page %i, in its order, and lie on the page', async (name, page) => {
    const { width, height, words } = await pages.words(request(name, page), signal);
    const text = await textOf(name, page);
    let end = 0;
    let said = '';
    for (const word of words) {
      expect(word.end).toBeGreaterThan(word.start);
      expect(word.start).toBeGreaterThanOrEqual(end);
      expect(word.x).toBeGreaterThan(-1);
      expect(word.y).toBeGreaterThan(-1);
      expect(word.x + word.width).toBeLessThan(width + 1);
      expect(word.y + word.height).toBeLessThan(height + 1);
      end = word.end;
      said += text.slice(word.start, word.end);
    }
    expect(said).toBe(text.replaceAll(/\s|^#+ |\| ---|[|]/gm, ''));
  });

  it.each(['mixed.pdf', 'rotated.pdf', 'twoColumns.pdf'])('stand where the ink of %s is', async (name) => {
    const { width, height, words } = await pages.words(request(name, 1), signal);
    const picture = await pages.picture({ ...request(name, 1), width: Math.round(width * 2) });
    expect(picture.width / picture.height).toBeCloseTo(width / height, 2);
    const scale = picture.width / width;
    const { data, info } = await sharp(picture.bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    const inkIn = (left: number, top: number, right: number, bottom: number): number => {
      let ink = 0;
      for (let y = Math.max(0, Math.floor(top)); y < Math.min(info.height, bottom); y += 1)
        for (let x = Math.max(0, Math.floor(left)); x < Math.min(info.width, right); x += 1)
          if ((data[y * info.width + x] ?? 255) < 128) ink += 1;
      return ink;
    };
    let inside = 0;
    for (const { x, y, width: wide, height: high } of words) {
      const ink = inkIn(x * scale, y * scale, (x + wide) * scale, (y + high) * scale);
      expect(ink).toBeGreaterThan(0);
      inside += ink;
    }
    // Boxes of neighbours may overlap by a pixel; nothing much may lie outside all of them.
    expect(inside).toBeGreaterThan(0.9 * inkIn(0, 0, info.width, info.height));
  });

  it('of a scan come from OCR, in the unit of the page', async () => {
    const file = path.join(temporary, 'scan.pdf');
    writeFileSync(file, await scannedPdf([path.join(folder, '../labels/receipt.png')]));
    const { width, height, words } = await pages.words({ path: file, name: 'scan.pdf', page: 1, password: null }, signal);
    expect([width, height]).toEqual([300, 300]);
    const total = words.find(({ text }) => text === '8352');
    expect(total?.end).toBe((total?.start ?? 0) + 4);
    // The middle one of three lines.
    expect(total?.y).toBeGreaterThan(80);
    expect(total?.y).toBeLessThan(200);
    for (const word of words) {
      expect(word.x + word.width).toBeLessThan(300);
      expect(word.y + word.height).toBeLessThan(300);
    }
  });

  it('gives a page as a picture of its own, with 300 dots per inch', async () => {
    const { png } = await pages.png(request('mixed.pdf', 2));
    const { format, width, height } = await sharp(png).metadata();
    const { width: points, height: high } = await pages.words(request('mixed.pdf', 2), signal);
    expect([format, width, height]).toEqual(['png', Math.round((points * 300) / 72), Math.round((high * 300) / 72)]);
    await expect(pages.png(request('mixed.pdf', 6))).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
  });

  it('asks for the password and refuses pages that are not there', async () => {
    await expect(pages.words(request('locked.pdf', 1), signal)).rejects.toMatchObject({ data: { code: 'passwordRequired' } });
    expect((await pages.words(request('locked.pdf', 1, 'sesame'), signal)).words.length).toBeGreaterThan(3);
    await expect(pages.words(request('mixed.pdf', 6), signal)).rejects.toMatchObject({
      data: { code: 'invalidRequest', details: { field: 'page', reason: 'must be from 1 to 5' } },
    });
  });
});
