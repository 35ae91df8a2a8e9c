// Draws every icon file from assets/icons/facet.svg. Run after changing the drawing: node_modules/.bin/node build/makeIcons.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const root = join(import.meta.dirname, '..');
const drawing = join(root, 'assets', 'icons', 'facet.svg');

/** @param {number} side */
const draw = (side) =>
  sharp(drawing, { density: Math.max(72, Math.ceil((72 * side) / 1024)) })
    .resize(side, side)
    .png({ compressionLevel: 9 })
    .toBuffer();

/** Windows icon file: a table of sizes, then a PNG for each. @param {readonly { side: number, png: Buffer }[]} images */
function ico(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { side, png }] of images.entries()) {
    const entry = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(side % 256, entry);
    header.writeUInt8(side % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** macOS icon file: blocks of type, length and a PNG. @param {readonly { type: string, png: Buffer }[]} images */
function icns(images) {
  const blocks = images.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'ascii');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'ascii');
  head.writeUInt32BE(8 + blocks.reduce((sum, block) => sum + block.length, 0), 4);
  return Buffer.concat([head, ...blocks]);
}

const sides = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const pngs = new Map(await Promise.all(sides.map(async (side) => /** @type {const} */ ([side, await draw(side)]))));
/** @param {number} side */
const png = (side) => {
  const found = pngs.get(side);
  if (found === undefined) throw new Error(`No icon of side ${side}`);
  return found;
};

mkdirSync(join(root, 'build', 'icons'), { recursive: true });
for (const side of [16, 32, 48, 64, 128, 256, 512]) writeFileSync(join(root, 'build', 'icons', `${side}x${side}.png`), png(side));
writeFileSync(join(root, 'build', 'icon.png'), png(1024));
writeFileSync(join(root, 'build', 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256].map((side) => ({ side, png: png(side) }))));
/** @type {[string, number][]} */
const macTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
];
writeFileSync(join(root, 'build', 'icon.icns'), icns(macTypes.map(([type, side]) => ({ type, png: png(side) }))));
