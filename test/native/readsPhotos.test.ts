import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planViews } from '../../electron/services/images/planViews.ts';
import { writePrompt } from '../../electron/services/context/writePrompt.ts';
import type { PanScanMode, Rect } from '../../electron/shared/attachments.ts';
import { readerInProcess } from '../fakes/readerInProcess.ts';
import { connectEngine, greedy, loadParams, projectRoot } from './nativeEngine.ts';

// From the file a camera or a printer's software writes to the answer: decoded, turned upright, cut and read.

const engine = connectEngine();
const { reader, close } = readerInProcess();
const folder = mkdtempSync(join(tmpdir(), 'facet-photos-'));
const label = join(projectRoot, 'test', 'fixtures', 'labels', 'receipt.png');

beforeAll(async () => {
  await engine.request('model.load', loadParams());
});
afterAll(() => {
  close();
  engine.close();
  rmSync(folder, { recursive: true });
});

async function ask(name: string, mode: PanScanMode, regions: readonly Rect[]): Promise<string> {
  const file = { path: join(folder, name), name };
  const { width, height } = await reader.request('image.inspect', file);
  const ink = mode === 'auto' ? await reader.request('image.profile', file) : null;
  const { crops } = planViews({ width, height, mode, regions, side: 112, ink });
  const views = await reader.request('image.views', { ...file, rects: mode === 'region' ? crops : [null, ...crops], side: 112 });
  for (const { sha256, rgb } of views) await engine.request('image.encode', { key: sha256, side: 112, rgb });
  const images = [{ attachmentId: name, viewKeys: views.map(({ sha256 }) => sha256) }];
  const { pieces } = writePrompt({ system: '', turns: [{ role: 'user', text: 'Total?', documents: [], images }] }, 'turns');
  const parts = pieces.map(({ part }) => part);
  return (await engine.request('generation.run', { runId: name, parts, sampling: greedy, maxTokens: 12, stopTexts: [] })).text;
}

test('a photo of 12 megapixels held upright: a box is in pixels of the upright picture', async () => {
  await photoOf('photo.jpg', 1344, { left: 1500, top: 300 });
  expect(await ask('photo.jpg', 'region', [{ x: 1500, y: 300, width: 1344, height: 1344 }])).toBe('8352');
});

/** A sheet with a label on it, as the sensor lies: 4032 x 3024, with the note to turn it. */
async function photoOf(name: string, labelSide: number, place: { readonly left: number; readonly top: number }) {
  const upright = await sharp({ create: { width: 3024, height: 4032, channels: 3, background: '#f0f0f0' } })
    .composite([{ input: await sharp(label).resize(labelSide, labelSide, { kernel: 'nearest' }).toBuffer(), ...place }])
    .png({ compressionLevel: 1 })
    .toBuffer();
  await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toFile(join(folder, name));
}

// Letters wider than the strips in which text is looked for were taken for lines of small print, and the cuts went through the lines.
test.each([
  ['above', { left: 500, top: 300 }],
  ['below', { left: 800, top: 2400 }],
] as const)('large type in a photo of 12 megapixels is cut between its lines: %s', async (name, place) => {
  await photoOf(`${name}.jpg`, 1344, place);
  expect(await ask(`${name}.jpg`, 'auto', [])).toBe('8352');
});

test('inks of a printer are read like light', async () => {
  await sharp(label).flatten().toColourspace('cmyk').jpeg({ quality: 95 }).toFile(join(folder, 'cmyk.jpg'));
  expect((await sharp(join(folder, 'cmyk.jpg')).metadata()).space).toBe('cmyk');
  expect(await ask('cmyk.jpg', 'off', [])).toBe('8352');
});
