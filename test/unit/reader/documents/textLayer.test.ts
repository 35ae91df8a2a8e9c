import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import type { ReadDocument } from '../../../../electron/reader/readerContract.ts';
import { scannedPdf } from '../../../fixtures/scannedPdf.ts';
import { textPdf } from '../../../fixtures/textPdf.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'facet-layer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const picture = path.join(import.meta.dirname, '../../../fixtures/labels/receipt.png');
const lines = Array.from({ length: 8 }, (_, row) => `Line ${row + 1} of what an earlier program read`);

function read(bytes: Buffer): Promise<ReadDocument> {
  const file = path.join(folder, 'a.pdf');
  writeFileSync(file, bytes);
  const recognizer = { recognize: () => Promise.reject(new Error('nothing is to be recognised')) };
  return readDocument(
    { path: file, name: 'a.pdf' },
    { password: null, signal: new AbortController().signal, recognizer, onPage: () => undefined },
  );
}

it('text that nobody sees on a scan is read, and said to be what an earlier OCR found', async () => {
  const { pages, coverage, warnings } = await read(await scannedPdf([picture, picture], lines));
  expect(coverage).toMatchObject({ pages: 2, text: 2, ocr: 0 });
  expect(pages.map(({ textLayer }) => textLayer)).toEqual([true, true]);
  expect(pages[0]?.text).toContain('Line 3 of what an earlier program read');
  expect(pages[0]?.warnings).toEqual([expect.stringContaining('earlier OCR')]);
  expect(warnings).toEqual(['all pages are scans with text that an earlier OCR left in the file, which may hold mistakes']);
});

it('text that is seen is not', async () => {
  const { pages, warnings } = await read(textPdf([lines.map((text, row) => ({ x: 72, y: 700 - 14 * row, size: 10, text }))]));
  expect(pages[0]).not.toHaveProperty('textLayer');
  expect(warnings).toEqual([]);
});
