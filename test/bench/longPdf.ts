// Reads a PDF of 500 pages as the reader does, and prints seconds and memory. Usage: node test/bench/longPdf.ts [PAGES]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { readDocument } from '../../electron/reader/documents/readDocument.ts';
import { textPdf } from '../fixtures/textPdf.ts';

const count = Number(process.argv[2] ?? 500);
const words =
  'the reservoir above the village was built by the company which owned the mill at the river and its keeper wrote a report'.split(' ');
const pages = Array.from({ length: count }, (_, page) => [
  { x: 72, y: 780, size: 16, text: `Chapter ${String(page + 1)} of the report` },
  ...Array.from({ length: 45 }, (_line, line) => ({
    x: 72,
    y: 750 - line * 14,
    size: 10,
    text: Array.from({ length: 14 }, (_word, word) => words[(page * 7 + line * 14 + word) % words.length] ?? '').join(' '),
  })),
]);
const folder = mkdtempSync(path.join(tmpdir(), 'facet-long-'));
const file = path.join(folder, 'long.pdf');
writeFileSync(file, textPdf(pages));
let peak = 0;
const began = performance.now();
const document = await readDocument(
  { path: file, name: 'long.pdf' },
  {
    password: null,
    signal: new AbortController().signal,
    recognizer: { recognize: () => Promise.reject(new Error('no scan was expected')) },
    onPage: () => {
      peak = Math.max(peak, process.memoryUsage.rss());
    },
  },
);
const seconds = (performance.now() - began) / 1000;
rmSync(folder, { recursive: true });
const characters = document.pages.reduce((sum, page) => sum + page.characters, 0);
process.stdout.write(
  `${JSON.stringify({ pages: document.coverage.text, characters, seconds: Number(seconds.toFixed(1)), peakMb: Math.round(peak / 1e6) })}\n`,
);
