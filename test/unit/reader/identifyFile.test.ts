import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identifyBytes, identifyFile } from '../../../electron/reader/identifyFile.ts';
import { FacetError } from '../../../electron/shared/errors.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures');
const identify = (...parts: string[]): Promise<{ readonly kind: string; readonly format: string }> => {
  // The wrong name on purpose: content decides.
  return identifyFile({ path: path.join(fixtures, ...parts), name: 'holiday.doc' });
};

describe('identifyFile', () => {
  it.each([
    ['plain.png', 'png'],
    ['plain.jpg', 'jpeg'],
    ['plain.webp', 'webp'],
    ['plain.gif', 'gif'],
    ['plain.tif', 'tiff'],
    ['plain.avif', 'avif'],
    ['plain.heic', 'heic'],
    ['plain.bmp', 'bmp'],
    ['drawing.svg', 'svg'],
  ])('knows the picture %s by its content', async (name, format) => {
    expect(await identify('images', 'decode', name)).toEqual({ kind: 'image', format });
  });

  it('knows a PDF by its content, and text by being text', async () => {
    expect(await identify('documents', 'mixed.pdf')).toEqual({ kind: 'document', format: 'pdf' });
    expect(await identify('documents', 'makeDocuments.py')).toEqual({ kind: 'document', format: 'text' });
  });

  it.each([
    ['tenancy.docx', 'docx'],
    ['sales.xlsx', 'xlsx'],
    ['plans.pptx', 'pptx'],
    ['letter.odt', 'odt'],
    ['stock.ods', 'ods'],
    ['mill.epub', 'epub'],
  ])('knows %s by the parts in it', async (name, format) => {
    expect(await identify('documents', name)).toEqual({ kind: 'document', format });
  });

  it.each([
    ['{\\rtf1 hello}', 'rtf'],
    ['<!DOCTYPE HTML><p>x', 'html'],
    ['<?xml version="1.0"?><note/>', 'xml'],
    ['Received: x\n y\nFrom: a@b.c\nSubject: s\n\nbody', 'eml'],
    ['From a@b Mon\nFrom: a@b.c\n', 'mbox'],
    ['From: here\nTo there we went.', 'text'],
  ])('knows the text %j by how it begins', (content, format) => {
    expect(identifyBytes(Buffer.from(content), 'a.bin', false)).toEqual({ kind: 'document', format });
  });

  it('takes the name only to tell kinds of text apart', () => {
    expect(identifyBytes(Buffer.from('a,b'), 'a.CSV', false)).toEqual({ kind: 'document', format: 'csv' });
    expect(identifyBytes(Buffer.from('x = 1'), 'a.py', false)).toEqual({ kind: 'document', format: 'python' });
    const bytes = Buffer.from('# Heading');
    expect(identifyBytes(bytes, 'a.md', false)).toEqual({ kind: 'document', format: 'markdown' });
    expect(identifyBytes(bytes, 'a.png', false)).toEqual({ kind: 'document', format: 'text' });
  });

  it.each([
    ['GGUF\u0003\u0000\u0000\u0000', 'a GGUF model'],
    ['\u007fELF\u0002\u0001', 'a program'],
    ['\u0000\u0000\u0000\u0018ftypmp42', 'a video'],
    ['abc\u0000def\u0001', 'unknown binary data'],
  ])('names what it does not read: %j', (content, unsupported) => {
    expect(identifyBytes(Buffer.from(content, 'latin1'), 'a.png', false)).toEqual({ unsupported });
  });

  it('does not take two letters for a bitmap, nor a tag inside a text for a drawing', () => {
    expect(identifyBytes(Buffer.from('BM is short for bitmap.'), 'a.bmp', false)).toMatchObject({ format: 'text' });
    expect(identifyBytes(Buffer.from('Write <svg> to begin.'), 'a.svg', false)).toMatchObject({ format: 'text' });
    const drawn = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y" [ <!ENTITY ns "http://ns.example/"> ]><svg xmlns="&ns;">';
    expect(identifyBytes(Buffer.from(drawn), 'a.svg', false)).toMatchObject({ format: 'svg' });
    expect(identifyBytes(Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'), 'a.jp2', false)).toMatchObject({
      unsupported: 'a JPEG 2000 picture; save it as PNG or JPEG',
    });
    expect(identifyBytes(Buffer.from(`<?xml version="1.0"?>${'<!-- -->'.repeat(500)}<svg>`), 'a.svg', false)).toMatchObject({
      format: 'svg',
    });
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, cut) => {
        expect(identifyBytes(bytes, 'a', cut)).toBeDefined();
      }),
    );
  });
});

describe('identifyFile by size', () => {
  let temporary = '';
  beforeAll(() => {
    temporary = mkdtempSync(path.join(tmpdir(), 'facet-identify-'));
  });
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  it.each([
    ['a 300 MB picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 300 * 2 ** 20, 256 * 2 ** 20],
    ['a 2 GB PDF', Buffer.from('%PDF-1.7\n'), 2 * 2 ** 30, 512 * 2 ** 20],
    ['a 100 MB text', Buffer.from('word '.repeat(20_000)), 100 * 2 ** 20, 64 * 2 ** 20],
  ])('refuses %s with both numbers, without reading it', async (_name, head, actual, limit) => {
    const file = path.join(temporary, 'large');
    writeFileSync(file, head);
    // A hole: it takes no room on the disk.
    truncateSync(file, actual);
    const outcome: unknown = await identifyFile({ path: file, name: 'large' }).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(FacetError);
    expect((outcome as FacetError).data).toEqual({ code: 'fileTooLarge', details: { file: 'large', unit: 'bytes', limit, actual } });
  });

  it.each([
    ['a missing file', 'nowhere', { reason: 'it is not there any more' }],
    ['a folder', '', { reason: 'it is a folder', folder: 'notAFile' }],
  ])('says what is wrong with %s', async (_name, name, reason) => {
    const outcome: unknown = await identifyFile({ path: path.join(temporary, name), name: 'x' }).catch((error: unknown) => error);
    expect((outcome as FacetError).data).toEqual({ code: 'fileUnreadable', details: { file: 'x', ...reason } });
  });
});
