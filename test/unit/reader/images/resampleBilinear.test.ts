import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../../electron/reader/images/decodeImage.ts';
import { resampleBilinear, type RgbPixels } from '../../../../electron/reader/images/resampleBilinear.ts';

const folder = path.join(import.meta.dirname, '../../../fixtures/images/views');
const golden = JSON.parse(readFileSync(path.join(folder, 'golden.json'), 'utf8')) as {
  readonly views: readonly { readonly name: string; readonly sides: readonly number[]; readonly sha256At896: string | null }[];
};
const load = (name: string): Promise<RgbPixels> => decodeImage({ path: path.join(folder, `${name}.png`), name }, 'png');
const whole = ({ width, height }: RgbPixels) => ({ x: 0, y: 0, width, height });

describe('resampleBilinear against the reference image processor', () => {
  it.each(golden.views.flatMap(({ name, sides }) => sides.map((side) => ({ name, side }))))('$name at $side', async ({ name, side }) => {
    const source = await load(name);
    const expected = await load(`${name}.${String(side)}`);
    const actual = resampleBilinear(source, whole(source), side);
    expect(actual.length).toBe(side * side * 3);
    const differences = Array.from(actual, (value, index) => Math.abs(value - (expected.rgb[index] ?? Number.NaN)));
    expect(Math.max(...differences)).toBeLessThanOrEqual(2);
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThanOrEqual(0.3);
  });

  it.each(golden.views.filter(({ sha256At896 }) => sha256At896 !== null))('$name at 896, bit for bit', async ({ name, sha256At896 }) => {
    const source = await load(name);
    expect(
      createHash('sha256')
        .update(resampleBilinear(source, whole(source), 896))
        .digest('hex'),
    ).toBe(sha256At896);
  });

  it('takes a rectangle as if it were the picture', async () => {
    const source = await load('photo');
    const rect = { x: 31, y: 17, width: 97, height: 120 };
    const cut = new Uint8Array(rect.width * rect.height * 3);
    for (let row = 0; row < rect.height; row += 1) {
      const from = ((rect.y + row) * source.width + rect.x) * 3;
      cut.set(source.rgb.subarray(from, from + rect.width * 3), row * rect.width * 3);
    }
    const alone = { width: rect.width, height: rect.height, rgb: cut };
    expect(resampleBilinear(source, rect, 112)).toEqual(resampleBilinear(alone, whole(alone), 112));
  });
});
