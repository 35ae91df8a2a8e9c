import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import { decodeImage } from '../../../../electron/reader/images/decodeImage.ts';
import { createTextRecognizer } from '../../../../electron/reader/ocr/createTextRecognizer.ts';

const fixtures = path.join(import.meta.dirname, '../../../fixtures');
const receipt = path.join(fixtures, 'labels/receipt.png');
const recognizer = createTextRecognizer();
const folder = mkdtempSync(path.join(tmpdir(), 'facet-ocr-'));
afterAll(() => {
  recognizer.close();
  rmSync(folder, { recursive: true });
});
const never = new AbortController().signal;
const picture = (file: string) => decodeImage({ path: file, name: path.basename(file) }, 'png');

describe('the text recogniser', () => {
  it('reads the lines of a label', async () => {
    const found = await recognizer.recognize(await picture(receipt), never);
    expect(found).toEqual({ text: 'Date: 1204\nTotal: 8352\nRoom: 317', characters: 27 });
  });

  it('finds no text in a photograph', async () => {
    const found = await recognizer.recognize(await picture(path.join(fixtures, 'images/views/photo.png')), never);
    expect(found).toEqual({ text: '', characters: 0 });
  });

  it('can be cancelled, and goes on with the next picture', async () => {
    const image = await picture(receipt);
    const cancel = new AbortController();
    const waiting = recognizer.recognize(image, cancel.signal);
    const after = recognizer.recognize(image, never);
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ data: { code: 'cancelled' } });
    expect((await after).text).toContain('8352');
  });
});

/** A PDF whose pages are pictures and nothing else, as a scanner makes it. */
async function scannedPdf(files: readonly string[]): Promise<Buffer> {
  const objects: Buffer[] = [];
  const pageIds = files.map((_, index) => 3 + index * 3);
  objects.push(Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'));
  objects.push(Buffer.from(`<< /Type /Pages /Count ${files.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`));
  for (const [index, file] of files.entries()) {
    const id = pageIds[index] ?? 0;
    const jpeg = await sharp(file).greyscale().toColourspace('b-w').jpeg({ quality: 90 }).toBuffer();
    const { width, height } = await sharp(jpeg).metadata();
    const draw = 'q 300 0 0 300 0 0 cm /Scan Do Q';
    const resources = `<< /XObject << /Scan ${id + 2} 0 R >> >>`;
    objects.push(
      Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents ${id + 1} 0 R /Resources ${resources} >>`),
      Buffer.from(`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`),
      Buffer.concat([
        Buffer.from(
          `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
        ),
        jpeg,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  let file = Buffer.from('%PDF-1.4\n');
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file = Buffer.concat([file, Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}${trailer}`)]);
}

describe('scanned pages', () => {
  it('are read by OCR, say so, and count as such', async () => {
    const scan = path.join(folder, 'scan.pdf');
    writeFileSync(scan, await scannedPdf([receipt, path.join(fixtures, 'images/views/photo.png')]));
    const progress: number[] = [];
    const onPage = (page: number): void => void progress.push(page);
    const { pages, coverage } = await readDocument({ path: scan, name: 'scan.pdf' }, { password: null, signal: never, recognizer, onPage });
    // Drawn through JPEG and at another size, a colon or a line break may come out otherwise; the numbers may not.
    expect(pages[0]?.source).toBe('ocr');
    for (const number of ['1204', '8352', '317']) expect(pages[0]?.text).toContain(number);
    expect(pages[0]?.warnings.join()).toMatch(/OCR/);
    expect(pages[1]).toMatchObject({ source: 'failed', characters: 0 });
    expect(pages[1]?.warnings.join()).toMatch(/OCR found none/);
    expect(coverage).toEqual({ pages: 2, text: 0, ocr: 1, vision: 0, blank: 0, failed: 1 });
    expect(progress).toEqual([1, 2]);
  });

  it('stop when cancelled', async () => {
    const scan = path.join(folder, 'long.pdf');
    writeFileSync(scan, await scannedPdf([receipt, receipt, receipt]));
    const cancel = new AbortController();
    const onPage = (): void => cancel.abort();
    const reading = readDocument({ path: scan, name: 'long.pdf' }, { password: null, signal: cancel.signal, recognizer, onPage });
    await expect(reading).rejects.toMatchObject({ data: { code: 'cancelled' } });
  });
});
