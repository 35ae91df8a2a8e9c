import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { identifyFile } from '../../../../electron/reader/identifyFile.ts';
import { decodeImage, type DecodedImage } from '../../../../electron/reader/images/decodeImage.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'facet-svg-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const namespace = 'xmlns="http://www.w3.org/2000/svg"';

/** A drawing whose left half is red, in its own units. */
function leftHalfRed(root: string, width: string, height: string): string {
  return `<svg ${namespace} ${root}><rect width="${width}" height="${height}" fill="#ff0000"/></svg>`;
}

async function decode(svg: string): Promise<DecodedImage> {
  const file = { path: path.join(folder, 'drawing.svg'), name: 'drawing.svg' };
  writeFileSync(file.path, svg);
  expect(await identifyFile(file)).toEqual({ kind: 'image', format: 'svg' });
  return decodeImage(file, 'svg');
}

function colourAt({ width, height, rgb }: DecodedImage, across: number, down: number): string {
  const at = (Math.floor(height * down) * width + Math.floor(width * across)) * 3;
  return [...rgb.subarray(at, at + 3)].join();
}

const red = '255,0,0';
const white = '255,255,255';

describe('an SVG', () => {
  it.each([
    ['in pixels', leftHalfRed('width="600" height="400"', '300', '400'), 2_048, 1_365],
    ['in millimetres, as Inkscape writes them', leftHalfRed('width="20mm" height="10mm" viewBox="0 0 20 10"', '10', '10'), 2_048, 1_024],
    [
      'in points, as plots have them',
      leftHalfRed('width="460.8pt" height="345.6pt" viewBox="0 0 460.8 345.6"', '230.4', '346'),
      2_048,
      1_536,
    ],
    ['in millimetres without a view box', leftHalfRed('width="210mm" height="297mm"', '105mm', '297mm'), 1_448, 2_048],
    ['in inches around a drawing in pixels', leftHalfRed('width="1in" height="1in"', '48', '96'), 2_048, 2_048],
    ['in pixels around a drawing in inches', leftHalfRed('width="192" height="96"', '1in', '1in'), 2_048, 1_024],
    ['with a size in its style', leftHalfRed('style="width:50mm;height:25mm" viewBox="0 0 50 25"', '25', '25'), 2_048, 1_024],
    ['with a view box alone', leftHalfRed('viewBox="0 0 24 24"', '12', '24'), 2_048, 2_048],
    ['as wide as what surrounds it', leftHalfRed('width="100%" height="100%" viewBox="0 0 600 400"', '300', '400'), 2_048, 1_365],
    ['with a size in units of a millionth', leftHalfRed('viewBox="0 0 4e9 2e9"', '2e9', '2e9'), 2_048, 1_024],
    ['smaller than a pixel', leftHalfRed('viewBox="0 0 0.6 0.4"', '0.3', '0.4'), 2_048, 1_365],
    ['with commas in its view box and another size', leftHalfRed('viewBox="0,0,600,400" width="6" height="4"', '300', '400'), 2_048, 1_365],
    [
      'after a long document type whose entities it needs',
      `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!-- ${'x'.repeat(2_000)} --><!ENTITY ns "http://www.w3.org/2000/svg">]>` +
        '<svg xmlns="&ns;" width=\'600\' height="400" font-family=\'"A", serif\'><rect width="300" height="400" fill="#ff0000"/></svg>',
      2_048,
      1_365,
    ],
    [
      'with a prefix',
      '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="600" height="400"><s:rect width="300" height="400" fill="#ff0000"/></s:svg>',
      2_048,
      1_365,
    ],
  ])('%s fills 2,048 pixels', async (_, svg, width, height) => {
    const image = await decode(svg);
    expect([image.width, image.height]).toEqual([width, height]);
    for (const down of [0.02, 0.5, 0.98]) {
      expect([0.02, 0.48, 0.52, 0.98].map((across) => colourAt(image, across, down))).toEqual([red, red, white, white]);
    }
  });

  it('without any size reaches from its origin to the end of what it draws', async () => {
    const image = await decode(`<svg ${namespace}><rect x="300" width="300" height="400" fill="#ff0000"/></svg>`);
    // Found in whole pixels.
    expect(image.width).toBe(2_048);
    expect(Math.abs(image.height - 1_365)).toBeLessThanOrEqual(4);
    expect([0.48, 0.52, 0.98].map((across) => colourAt(image, across, 0.9))).toEqual([white, red, red]);
  });

  it.each([
    ['width="0" height="0"', 'fileUnreadable'],
    ['width="-5" height="10"', 'fileUnreadable'],
    ['viewBox="0 0 1000 4"', 'fileTooLarge'],
  ])('of %s is refused', async (root, code) => {
    await expect(decode(leftHalfRed(root, '1', '1'))).rejects.toMatchObject({ data: { code } });
  });

  it('that ends in its first tag is refused', async () => {
    await expect(decode(`<svg ${namespace} width="60`)).rejects.toMatchObject({
      data: { code: 'fileUnreadable', details: { reason: 'the picture is cut off: its end is missing' } },
    });
  });
});
