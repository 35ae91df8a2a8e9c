import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { inkProfile } from '../../../../electron/reader/images/inkProfile.ts';

const label = path.join(import.meta.dirname, '../../../fixtures/labels/receipt.png');

/** The label, whose type is 32 pixels, enlarged as a camera draws large type: soft from pixel to pixel. */
async function soft(times: number): Promise<{ readonly width: number; readonly height: number; readonly rgb: Uint8Array }> {
  const side = 224 * times;
  const rgb = await sharp(label).flatten().resize(side, side, { kernel: 'linear' }).toColourspace('srgb').removeAlpha().raw().toBuffer();
  return { width: side, height: side, rgb };
}

test.each([1, 3, 6, 12])('large soft type is found at its size: %i times 32 pixels', async (times) => {
  const { textHeights, rows } = inkProfile(await soft(times));
  const middle = textHeights[Math.floor(textHeights.length / 2)] ?? 0;
  expect(middle / (32 * times)).toBeGreaterThan(0.75);
  expect(middle / (32 * times)).toBeLessThan(1.4);
  expect(rows.some((edges) => edges > 0)).toBe(true);
});
