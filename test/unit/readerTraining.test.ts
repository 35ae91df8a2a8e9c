import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { layoutTestPage } from '../../electron/reader/readingTest/layoutTestPage.ts';

// What the training code in test/reader shares with the reading test. Nothing of it is run here: that takes Python.

const root = path.join(import.meta.dirname, '../..');
const source = (file: string): string => readFileSync(path.join(root, 'test/reader', file), 'utf8');

test('the keys that are trained are those that pages ask for', () => {
  const trained = [...source('tiny_reader/vocabulary.py').matchAll(/"([A-Z][a-z]+)"/g)].map(([, key]) => key);
  const asked = Array.from({ length: 200 }, (_, index) =>
    layoutTestPage({ seed: 1, index, side: 112 }, (text, _font, em) => (text.length * em) / 2),
  );
  expect(trained).toHaveLength(24);
  expect(new Set(asked.flatMap(({ lines }) => lines.map(({ key }) => key)))).toEqual(new Set(trained));
});

test('the fonts are in the packages', () => {
  const fonts = [...source('tiny_reader/fonts.py').matchAll(/_PACKAGES \/ "([^"]+)"/g)].map(([, file]) => file ?? '');
  expect(fonts).toHaveLength(3);
  for (const file of fonts) expect(existsSync(path.join(root, 'node_modules', file)), file).toBe(true);
});

test('every package is pinned', () => {
  expect(source('requirements.txt').trim().split('\n')).toSatisfy((lines: string[]) =>
    lines.every((line) => /^[a-z]+==[\d.]+$/.test(line)),
  );
});
