import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planViews } from '../../electron/services/images/planViews.ts';
import { writePrompt } from '../../electron/services/context/writePrompt.ts';
import type { PanScanMode, Rect } from '../../electron/shared/attachments.ts';
import { readerInProcess } from '../fakes/readerInProcess.ts';
import { labelPhoto, type LabelPhoto } from '../fixtures/labelPhoto.ts';
import { labels } from './labels.ts';
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

async function ask(name: string, mode: PanScanMode, regions: readonly Rect[], question = 'Total?'): Promise<string> {
  const file = { path: join(folder, name), name };
  const { width, height } = await reader.request('image.inspect', file);
  const ink = mode === 'auto' ? await reader.request('image.profile', file) : null;
  const { crops } = planViews({ width, height, mode, regions, side: 112, ink });
  const views = await reader.request('image.views', { ...file, rects: mode === 'region' ? crops : [null, ...crops], side: 112 });
  for (const { sha256, rgb } of views) await engine.request('image.encode', { key: sha256, side: 112, rgb });
  const images = [{ attachmentId: name, viewKeys: views.map(({ sha256 }) => sha256) }];
  const { pieces } = writePrompt({ system: '', turns: [{ role: 'user', text: question, documents: [], images }] }, 'turns');
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

/** Sizes, orientations, grounds, light, noise and blur go round with different steps, so that all meet. */
const photos = [
  { width: 1512, height: 2016, share: 0.45, across: 0.5, down: 0.5 },
  { width: 2016, height: 1512, share: 0.3, across: 0.02, down: 0.02 },
  { width: 1200, height: 1600, share: 0.6, across: 0.98, down: 0.3 },
  { width: 1000, height: 1000, share: 0.6, across: 0.5, down: 0.98 },
  { width: 1920, height: 1080, share: 0.8, across: 0.4, down: 0.5 },
  { width: 1080, height: 1920, share: 0.45, across: 0.1, down: 0.9 },
  { width: 1600, height: 1200, share: 0.2, across: 0.5, down: 0.5 },
  { width: 4032, height: 3024, share: 0.3, across: 0.7, down: 0.2 },
  { width: 3024, height: 4032, share: 0.2, across: 0.5, down: 0.5 },
  { width: 6000, height: 4000, share: 0.2, across: 0.9, down: 0.9 },
].map(({ share, across, down, ...size }, index): LabelPhoto => {
  const side = Math.round(share * Math.min(size.width, size.height));
  return {
    ...size,
    label: ['receipt.png', 'ticket.png', 'parcel.png'][index % 3] ?? '',
    place: { x: Math.round(across * (size.width - side)), y: Math.round(down * (size.height - side)), width: side, height: side },
    orientation: 1 + (index % 8),
    ground: (['paper', 'table', 'wood'] as const)[Math.floor(index / 2) % 3] ?? 'paper',
    blur: 0.001 * (index % 3) * side,
    noise: [0, 4, 10, 0][index % 4] ?? 0,
    light: [1, 0.8, 0.7, 1, 0.9][index % 5] ?? 1,
    quality: index % 2 === 0 ? 90 : 70,
    seed: index,
  };
});

// What a view of the label alone is read as is the most that a plan can reach.
test('a label somewhere in a photo is found and read as well as when it is pointed at', async () => {
  let possible = 0;
  let right = 0;
  for (const [index, photo] of photos.entries()) {
    const name = `label-${String(index)}.jpg`;
    writeFileSync(join(folder, name), await labelPhoto(photo));
    expect(await reader.request('image.inspect', { path: join(folder, name), name })).toMatchObject({
      width: photo.width,
      height: photo.height,
    });
    const { answers = {} } = labels.find(({ file }) => file === photo.label) ?? {};
    for (const [key, answer] of Object.entries(answers)) {
      if ((await ask(name, 'region', [photo.place], `${key}?`)) !== answer) continue;
      possible += 1;
      if ((await ask(name, 'auto', [], `${key}?`)) === answer) right += 1;
    }
  }
  expect(possible).toBeGreaterThan(20);
  expect(right / possible).toBeGreaterThanOrEqual(0.85);
}, 300_000);

test('inks of a printer are read like light', async () => {
  await sharp(label).flatten().toColourspace('cmyk').jpeg({ quality: 95 }).toFile(join(folder, 'cmyk.jpg'));
  expect((await sharp(join(folder, 'cmyk.jpg')).metadata()).space).toBe('cmyk');
  expect(await ask('cmyk.jpg', 'off', [])).toBe('8352');
});
