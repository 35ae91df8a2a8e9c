import sharp from 'sharp';
import { parseSvgRoot, resizedSvg, svgFromOrigin, svgSize, viewBoxSize, type SvgRoot, type SvgSize } from './svgRoot.ts';

/** Dots per inch for which units such as millimetres and points inside a drawing have the size that browsers give them. */
const cssDensity = 96;
/** Pixels that sharp draws for each CSS pixel at that density. */
const drawnPerPixel = cssDensity / 72;

/** What sharp is given to draw an SVG. */
export interface DrawableSvg {
  readonly bytes: Buffer;
  /** Dots per inch. */
  readonly density: number;
}

/**
 * An SVG whose longer side is drawn with `side` pixels, whatever size, units and view box it has: sharp enlarges by its density, which makes drawings in
 * millimetres or points grow twice, so the size is written into the file. A drawing without any size is taken from its origin to where it ends.
 * @param check gets the shape, with 1 for its shorter side: not the size in its units is what an SVG can be refused for
 * @throws Error for damage
 */
export async function drawableSvg(bytes: Uint8Array, side: number, check: (width: number, height: number) => void): Promise<DrawableSvg> {
  // One character per byte, so that text in any encoding stays as it is.
  const root = parseSvgRoot(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  if (root === null) throw new Error('unexpected end of the start tag');
  const size = svgSize(root) ?? viewBoxSize(root) ?? (await drawnSize(root));
  const shorter = Math.min(size.width, size.height);
  check(size.width / shorter, size.height / shorter);
  const scale = side / Math.max(size.width, size.height);
  const drawn = (length: number): number => Math.max(1, Math.round(length * scale)) / drawnPerPixel;
  const resized = resizedSvg(root, { width: drawn(size.width), height: drawn(size.height) }, size);
  return { bytes: Buffer.from(resized, 'latin1'), density: cssDensity };
}

/** How far to the right and down a drawing reaches. */
async function drawnSize(root: SvgRoot): Promise<SvgSize> {
  const drawing = Buffer.from(svgFromOrigin(root), 'latin1');
  const { width, height } = await sharp(drawing, { density: cssDensity, limitInputPixels: false }).metadata();
  return { width: width / drawnPerPixel, height: height / drawnPerPixel };
}
