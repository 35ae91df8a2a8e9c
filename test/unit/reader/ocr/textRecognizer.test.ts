import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import { decodeImage } from '../../../../electron/reader/images/decodeImage.ts';
import { createTextRecognizer } from '../../../../electron/reader/ocr/createTextRecognizer.ts';
import { scannedPdf } from '../../../fixtures/scannedPdf.ts';

const fixtures = path.join(import.meta.dirname, '../../../fixtures');
const receipt = path.join(fixtures, 'labels/receipt.png');
const recognizer = createTextRecognizer();
const folder = mkdtempSync(path.join(tmpdir(), 'facet-ocr-'));
afterAll(() => {
  recognizer.close();
  rmSync(folder, { recursive: true });
});
const never = new AbortController().signal;
const picture = (file: string) => decodeImage({ path: file, name: path.basename(file) }, 'png');

describe('the text recogniser', () => {
  it('reads the lines of a label', async () => {
    const found = await recognizer.recognize(await picture(receipt), never);
    expect(found.words.map(({ text }) => text)).toEqual(['Date:', '1204', 'Total:', '8352', 'Room:', '317']);
    expect(found).toMatchObject({ text: 'Date: 1204\nTotal: 8352\nRoom: 317', characters: 32 });
  });

  it('finds no text in a photograph', async () => {
    const found = await recognizer.recognize(await picture(path.join(fixtures, 'images/views/photo.png')), never);
    expect(found).toEqual({ text: '', characters: 0, words: [], tables: [] });
  });

  it('can be cancelled, and goes on with the next picture', async () => {
    const image = await picture(receipt);
    const cancel = new AbortController();
    const waiting = recognizer.recognize(image, cancel.signal);
    const after = recognizer.recognize(image, never);
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ data: { code: 'cancelled' } });
    expect((await after).text).toContain('8352');
  });
});

describe('scanned pages', () => {
  it('are read by OCR, say so, and count as such', async () => {
    const scan = path.join(folder, 'scan.pdf');
    writeFileSync(scan, await scannedPdf([receipt, path.join(fixtures, 'images/views/photo.png')]));
    const progress: number[] = [];
    const onPage = (page: number): void => void progress.push(page);
    const { pages, coverage } = await readDocument({ path: scan, name: 'scan.pdf' }, { password: null, signal: never, recognizer, onPage });
    // Drawn through JPEG and at another size, a colon or a line break may come out otherwise; the numbers may not.
    expect(pages[0]?.source).toBe('ocr');
    for (const number of ['1204', '8352', '317']) expect(pages[0]?.text).toContain(number);
    expect(pages[0]?.warnings.join()).toMatch(/OCR/);
    expect(pages[1]).toMatchObject({ source: 'failed', characters: 0 });
    expect(pages[1]?.warnings.join()).toMatch(/OCR found none/);
    expect(coverage).toEqual({ pages: 2, text: 0, ocr: 1, vision: 0, blank: 0, failed: 1 });
    expect(progress).toEqual([1, 2]);
  });

  it('stop when cancelled', async () => {
    const scan = path.join(folder, 'long.pdf');
    writeFileSync(scan, await scannedPdf([receipt, receipt, receipt]));
    const cancel = new AbortController();
    const onPage = (): void => cancel.abort();
    const reading = readDocument({ path: scan, name: 'long.pdf' }, { password: null, signal: cancel.signal, recognizer, onPage });
    await expect(reading).rejects.toMatchObject({ data: { code: 'cancelled' } });
  });
});
