import path from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it, vi } from 'vitest';
import { createTextRecognizer } from '../../../../electron/reader/ocr/createTextRecognizer.ts';

// Text is recognised up to four times; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const recognizer = createTextRecognizer();
afterAll(() => recognizer.close());
const page = path.join(import.meta.dirname, '../../../fixtures/labels/receipt.png');

it.each([90, 180, 270])('a scan that lies turned by %i degrees is read, and its words stand where they are', async (angle) => {
  const { data, info } = await sharp(page).rotate(angle).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const read = await recognizer.recognize({ rgb: data, width: info.width, height: info.height }, new AbortController().signal);
  expect(read.text).toContain('8352');
  const upright = await sharp(page).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const expected = await recognizer.recognize(
    { rgb: upright.data, width: upright.info.width, height: upright.info.height },
    new AbortController().signal,
  );
  const wordOf = (words: typeof read.words) => words.find(({ text }) => text === '8352');
  const [there, here] = [wordOf(expected.words), wordOf(read.words)];
  if (there === undefined || here === undefined) throw new Error('the word was not found');
  // The middle of the word, turned as the picture was.
  const x = there.x + there.width / 2;
  const y = there.y + there.height / 2;
  const { width, height } = upright.info;
  const [left, top] = angle === 90 ? [height - y, x] : angle === 180 ? [width - x, height - y] : [y, width - x];
  expect(Math.abs(here.x + here.width / 2 - left)).toBeLessThan(0.05 * width);
  expect(Math.abs(here.y + here.height / 2 - top)).toBeLessThan(0.05 * height);
});
