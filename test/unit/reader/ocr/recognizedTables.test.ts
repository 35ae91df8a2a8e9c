import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import { decodeImage } from '../../../../electron/reader/images/decodeImage.ts';
import { createTextRecognizer } from '../../../../electron/reader/ocr/createTextRecognizer.ts';
import { layoutRecognized } from '../../../../electron/reader/ocr/layoutRecognized.ts';
import type { RecognizedWord } from '../../../../electron/reader/ocr/ocrMessages.ts';
import { scannedPdf } from '../../../fixtures/scannedPdf.ts';
import { tablePicture } from '../../../fixtures/tablePicture.ts';

// Recognition takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const recognizer = createTextRecognizer();
const folder = mkdtempSync(path.join(tmpdir(), 'facet-tables-'));
afterAll(() => {
  recognizer.close();
  rmSync(folder, { recursive: true });
});
const signal = new AbortController().signal;

const rows = [
  ['Article', 'Room', 'Pieces', 'Price'],
  ['Oak table', 'Hall', '12', '1,250.00'],
  ['Green lamp', 'Kitchen', '7', '89.50'],
  ['Chair', 'Hall', '48', '120.00'],
  ['Bookshelf', 'Study', '3', '2,310.75'],
  ['Carpet', 'Bedroom', '5', '640.00'],
  ['Mirror', 'Hall', '2', '75.25'],
  ['Cupboard', 'Kitchen', '9', '1,099.00'],
];
const shape = { edges: [260, 480, 640, 860], toTheRight: [2, 3] };

describe.each([true, false])('a picture of a table (ruled: %s)', (ruled) => {
  const file = path.join(folder, `table-${ruled}.png`);
  writeFileSync(file, tablePicture(rows, { ruled, ...shape }));

  test('becomes that table, with every word where it stands', async () => {
    const image = await decodeImage({ path: file, name: 'table.png' }, 'png');
    const { text, tables, words } = await recognizer.recognize(image, signal);
    expect(tables.map((table) => table.rows.map((row) => row.map((cell) => cell.text)))).toEqual([rows]);
    const [table] = tables;
    expect(text.slice(table?.start, table?.end).split('\n')[2]).toBe('| Oak table | Hall | 12 | 1,250.00 |');
    expect(text).toMatch(/counted them\n\n\|/);
    const price = words.find((word) => word.text === '2,310.75');
    const right = 60 + 860 - 14;
    expect(Math.abs((price?.x ?? 0) + (price?.width ?? 0) - right)).toBeLessThan(6);
  });

  test('as a scanned page too', async () => {
    const scan = path.join(folder, `scan-${ruled}.pdf`);
    writeFileSync(scan, await scannedPdf([file]));
    const { pages } = await readDocument({ path: scan, name: 'scan.pdf' }, { password: null, signal, recognizer, onPage: () => undefined });
    expect(pages[0]?.source).toBe('ocr');
    // Drawn through JPEG and at another size, a figure may come out otherwise, which the page says; the table may not.
    expect(pages[0]?.tables[0]?.rows.map((row) => row.slice(0, 2).map(({ text }) => text))).toEqual(rows.map((row) => row.slice(0, 2)));
    expect(pages[0]?.tables[0]?.columnNumbers).toHaveLength(4);
    expect(pages[0]?.warnings.join()).toMatch(/may hold mistakes/);
  });
});

test('a cell with a word that may be another one is marked; rules that were taken for letters are not part of it', () => {
  const words = rows.flatMap((cells, row) =>
    cells.map((text, column): RecognizedWord => ({
      text: column === 0 ? `|${text.replace(' ', '-')}` : text,
      x: 20 + column * 220,
      y: 100 + row * 44,
      width: text.length * 12,
      height: 17,
      confidence: row === 3 && column === 2 ? 52 : 95,
    })),
  );
  const found = layoutRecognized(words);
  expect(found?.tables[0]?.rows.flatMap((row) => row.filter(({ doubtful }) => doubtful === true).map(({ text }) => text))).toEqual(['48']);
  expect(found?.tables[0]?.rows[1]?.[0]?.text).toBe('Oak-table');
});

test('words without a table are left as they were recognised', () => {
  expect(layoutRecognized([{ text: 'Hello', x: 0, y: 0, width: 60, height: 17, confidence: 95 }])).toBeNull();
  expect(layoutRecognized([])).toBeNull();
});
