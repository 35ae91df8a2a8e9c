import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identifyFile } from '../../../../electron/reader/identifyFile.ts';
import { decodeImage, type DecodedImage } from '../../../../electron/reader/images/decodeImage.ts';
import { FacetError, type ErrorData } from '../../../../electron/shared/errors.ts';

const folder = path.join(import.meta.dirname, '../../../fixtures/images/decode');
const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Record<
  string,
  {
    readonly width: number;
    readonly height: number;
    readonly pixels: readonly { readonly x: number; readonly y: number; readonly rgb: readonly number[] }[];
    readonly tolerance: number;
    readonly warning: string;
  }
>;

async function decode(name: string, from = folder): Promise<DecodedImage> {
  const file = { path: path.join(from, name), name };
  const { kind, format } = await identifyFile(file);
  if (format === 'multipage-tiff') return decodeImage(file, 'tiff');
  if (kind !== 'image') throw new Error(`${name} is a ${kind}`);
  return decodeImage(file, format);
}

async function refusal(name: string, from = folder): Promise<ErrorData> {
  const outcome: unknown = await decode(name, from).catch((error: unknown) => error);
  if (!(outcome instanceof FacetError)) throw new Error(`${name} was not refused properly: ${String(outcome)}`);
  return outcome.data;
}

describe('decodeImage', () => {
  it.each(Object.entries(expected))('%s looks as it should', async (name, { width, height, pixels, tolerance, warning }) => {
    const image = await decode(name);
    expect([image.width, image.height, image.rgb.length]).toEqual([width, height, width * height * 3]);
    expect(image.warnings).toEqual(warning === '' ? [] : [warning]);
    for (const { x, y, rgb } of pixels) {
      const at = (y * width + x) * 3;
      const shown = [...image.rgb.subarray(at, at + 3)];
      const off = Math.max(...shown.map((value, channel) => Math.abs(value - (rgb[channel] ?? 0))));
      expect(off, `${String(x)},${String(y)} is ${shown.join()} and should be ${rgb.join()}`).toBeLessThanOrEqual(tolerance);
    }
  });

  it.each([
    'half.png',
    'half.jpg',
    'half.webp',
    'half.tif',
    'half.gif',
    'half.bmp',
    'fewRows.png',
    'start.png',
    'start.jpg',
    'start.webp',
    'start.tif',
    'start.gif',
    'noWidth.png',
  ])('refuses %s, which is damaged, in one clause', async (name) => {
    const error = await refusal(name);
    expect(error).toEqual({
      code: 'fileUnreadable',
      details: {
        file: name,
        reason: expect.stringMatching(/^(the picture is (cut off: its end is missing|damaged)|it has no pixels)$/) as string,
      },
    });
  });

  it('says that a cut-off PNG and JPEG are cut off', async () => {
    for (const name of ['half.png', 'half.jpg', 'half.bmp']) {
      expect(await refusal(name)).toMatchObject({ details: { reason: 'the picture is cut off: its end is missing' } });
    }
  });

  it('refuses a decompression bomb by its header, with its size', async () => {
    expect(await refusal('bomb.png')).toEqual({
      code: 'fileTooLarge',
      details: { file: 'bomb.png', unit: 'pixels', limit: 200_000_000, actual: 3_600_000_000 },
    });
  });

  it('refuses a picture that no view could show', async () => {
    expect(await refusal('thin.png')).toMatchObject({ code: 'fileTooLarge', details: { unit: 'times longer than wide', actual: 30_000 } });
  });
});

/** A TIFF of one row of grey samples, uncompressed. @param format 1 whole numbers, 3 floating point */
function tiffOfSamples(samples: Buffer, bits: number, format: number): Buffer {
  const tags = [
    [256, (samples.length * 8) / bits],
    [257, 1],
    [258, bits],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, 1],
    [279, samples.length],
    [339, format],
  ] as const;
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length, 0);
  for (const [index, [tag, value]] of tags.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(4, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(8 + samples.length, 4);
  return Buffer.concat([head, samples, directory]);
}

describe('decodeImage of samples that are no shades', () => {
  const temporary = mkdtempSync(path.join(tmpdir(), 'facet-samples-'));
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));
  const write = (samples: Buffer, bits: number, format: number): void =>
    writeFileSync(path.join(temporary, 'samples.tif'), tiffOfSamples(samples, bits, format));

  it.each([
    ['floating point', Buffer.from(new Float32Array([0, 0.25, 0.5, 1]).buffer), 3],
    ['32-bit', Buffer.from(new Uint32Array([0, 1_000, 100_000, 4_000_000_000]).buffer), 1],
  ])('%s: refused instead of black or white throughout, with what to do', async (_, samples, format) => {
    write(samples, 32, format);
    expect(await refusal('samples.tif', temporary)).toEqual({
      code: 'fileUnsupported',
      details: { file: 'samples.tif', detected: 'a picture of measured values; save it with 8 or 16 bits a colour' },
    });
  });

  it('16-bit: shown', async () => {
    write(Buffer.from(new Uint16Array([0, 0x8080, 0xffff]).buffer), 16, 1);
    expect([...(await decode('samples.tif', temporary)).rgb]).toEqual([0, 0, 0, 128, 128, 128, 255, 255, 255]);
  });
});

describe('decodeImage of any cut-off file', () => {
  let temporary = '';
  beforeAll(() => {
    temporary = mkdtempSync(path.join(tmpdir(), 'facet-decode-'));
  });
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  it.each(['png', 'jpeg', 'webp'] as const)('never passes off a part of a %s as the whole', async (format) => {
    const size = { width: 64, height: 48, channels: 3 as const };
    const noise = Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, index) => (index * 2_654_435_761) >>> 24));
    const bytes = await sharp(noise, { raw: size }).toFormat(format).toBuffer();
    for (let part = 1; part <= 16; part += 1) {
      // The last bytes of each are an end mark, which may be missing without loss.
      writeFileSync(path.join(temporary, 'cut'), bytes.subarray(0, Math.floor(((bytes.length - 16) * part) / 17)));
      expect((await refusal('cut', temporary)).code).toMatch(/^(fileUnreadable|fileUnsupported)$/);
    }
  });
});
