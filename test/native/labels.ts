import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

export interface Label {
  readonly file: string;
  readonly answers: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'labels');

export const labels = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as readonly Label[];

/** A label as the encoder wants it: RGB, `side` by `side`, each pixel the mean of the square it covers. */
export async function viewOf(file: string, side: number): Promise<{ readonly key: string; readonly rgb: Uint8Array }> {
  const { data, info } = await sharp(join(folder, file)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const scale = info.width / side;
  const rgb = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let dy = 0; dy < scale; dy++) {
          for (let dx = 0; dx < scale; dx++) sum += data[((y * scale + dy) * info.width + x * scale + dx) * info.channels + channel] ?? 0;
        }
        rgb[(y * side + x) * 3 + channel] = Math.round(sum / (scale * scale));
      }
    }
  }
  return { key: createHash('sha256').update(rgb).digest('hex'), rgb };
}
