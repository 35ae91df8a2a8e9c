import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { endingWarnings } from '../../../../electron/shared/endingWarnings.ts';
import { zipFile, type ZipPart } from '../../../fixtures/zipFile.ts';
import { fixtureFolder, readBytes, refusal } from './readFixture.ts';

const docx = (document: string | Uint8Array, more: readonly ZipPart[] = [], claimedSize?: number): Buffer =>
  zipFile([{ name: 'word/document.xml', data: document, ...(claimedSize === undefined ? {} : { claimedSize }) }, ...more]);
const body = (inner: string): string => `<w:document><w:body>${inner}</w:body></w:document>`;
const reasonOf = async (name: string, bytes: Uint8Array): Promise<string> => {
  const { code, details } = await refusal(readBytes(name, bytes));
  expect(code).toBe('fileUnreadable');
  return 'reason' in details ? details.reason : '';
};

describe('bad files get one clear reason', () => {
  it('a bomb: a part that unpacks to a thousand times its size', async () => {
    expect(await reasonOf('a.docx', docx(Buffer.alloc(20 * 2 ** 20, 0x20)))).toMatch(/^it unpacks to \d+ times its size/);
  });

  it('a part that unpacks to more than it says', async () => {
    expect(await reasonOf('a.docx', docx(Buffer.alloc(100_000, 0x20), [], 10))).toBe('a part of it is damaged (word/document.xml)');
  });

  it('more parts than any document has', async () => {
    const parts = Array.from({ length: 20_001 }, (_, index) => ({ name: `x/${String(index)}`, data: '' }));
    expect(await refusal(readBytes('a.docx', docx(body(''), parts)))).toMatchObject({
      code: 'fileTooLarge',
      details: { unit: 'parts', limit: 20_000, actual: 20_002 },
    });
  });

  it('cut off in the middle, and changed in the middle', async () => {
    const whole = readFileSync(path.join(fixtureFolder, 'tenancy.docx'));
    expect(await reasonOf('a.docx', whole.subarray(0, whole.length / 2))).toBe('it is a damaged or cut-off ZIP file');
    const good = docx(body('<w:p><w:r><w:t>words</w:t></w:r></w:p>'.repeat(100)));
    good[60] = (good[60] ?? 0) ^ 0xff;
    expect(await reasonOf('a.docx', good)).toBe('a part of it is damaged (word/document.xml)');
  });

  it('a password on an Office file, on a part of it, and on an OpenDocument file', async () => {
    const ole = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(await reasonOf('a.docx', ole)).toBe('it is an Office file protected by a password; save a copy without one');
    const locked = zipFile([{ name: 'word/document.xml', data: 'x', encrypted: true }]);
    expect(await reasonOf('a.docx', locked)).toBe('it is protected by a password; save a copy without one');
    const odt = zipFile([
      { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text' },
      {
        name: 'META-INF/manifest.xml',
        data: '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
      },
      { name: 'content.xml', data: 'scrambled' },
    ]);
    expect(await reasonOf('a.odt', odt)).toBe('it is protected by a password; save a copy without one');
  });

  it('parts nested a million deep', async () => {
    expect(await reasonOf('a.docx', docx(`<w:document>${'<w:x>'.repeat(1_000_000)}`))).toBe('its parts are nested more than 1000 deep');
    expect(await reasonOf('a.html', Buffer.from(`<html>${'<div>'.repeat(1_000_000)}words`))).toBe(
      'its parts are nested more than 1000 deep',
    );
    expect(await reasonOf('a.rtf', Buffer.from(`{\\rtf1 ${'{'.repeat(1_000_000)}words`))).toBe('its parts are nested more than 1000 deep');
  });

  it('an old Office file, an Outlook message, another archive', async () => {
    const ole = (name: string): Buffer =>
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from(name, 'utf16le')]);
    const detected = async (bytes: Buffer): Promise<unknown> => (await refusal(readBytes('a.bin', bytes))).details;
    expect(await detected(ole('WordDocument'))).toEqual({ file: 'a.bin', detected: 'an old Office file; save it as DOCX, XLSX or PPTX' });
    expect(await detected(ole('__substg1.0_0037'))).toEqual({ file: 'a.bin', detected: 'an Outlook message; save it as EML' });
    expect(await detected(zipFile([{ name: 'a.txt', data: 'x' }]))).toEqual({
      file: 'a.bin',
      detected: 'a ZIP archive; unpack it and add the files in it',
    });
  });

  it('no text at all', async () => {
    expect(await refusal(readBytes('a.docx', docx(body('<w:p/>'))))).toEqual({ code: 'documentEmpty', details: { file: 'a.docx' } });
    expect(await refusal(readBytes('a.html', Buffer.from('<html><script>x</script></html>')))).toMatchObject({ code: 'documentEmpty' });
  });

  it('a book locked by its seller', async () => {
    const epub = zipFile([
      { name: 'mimetype', data: 'application/epub+zip' },
      { name: 'META-INF/container.xml', data: '<container><rootfile full-path="b.opf"/></container>' },
      { name: 'META-INF/encryption.xml', data: '<encryption><enc:CipherReference URI="a.xhtml"/></encryption>' },
      { name: 'b.opf', data: '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>' },
      { name: 'a.xhtml', data: 'scrambled' },
    ]);
    expect(await reasonOf('a.epub', epub)).toBe('the book is locked by its seller (DRM)');
  });
});

describe('nothing outside of the file is read', () => {
  it('neither by entities of XML, nor by relationships, nor by what they would multiply to', async () => {
    const entities =
      '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd"><!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>';
    const { pages } = await readBytes(
      'a.docx',
      docx(`<?xml version="1.0"?>${entities}${body('<w:p><w:r><w:t>before &secret;&c; after</w:t></w:r></w:p>')}`, [
        {
          name: 'word/_rels/document.xml.rels',
          data: '<Relationships><Relationship Id="r1" Type="x/footnotes" Target="file:///etc/passwd" TargetMode="External"/><Relationship Id="r2" Type="x/footnotes" Target="../../../etc/passwd"/></Relationships>',
        },
      ]),
    );
    expect(pages[0]?.text).toBe('before &secret;&c; after');
  });
});

describe('a name that promises something else', () => {
  it.each([
    [
      'report.docx',
      readFileSync(path.join(fixtureFolder, 'mill.epub')),
      'its name ends in .docx, but its content is EPUB, and was read as such',
    ],
    ['report.pdf', Buffer.from('Only words.'), 'its name ends in .pdf, but its content is plain text, and was read as such'],
    ['photo.png', Buffer.from('<!doctype html><p>page</p>'), 'its name ends in .png, but its content is HTML, and was read as such'],
  ])('is said of %s, and not believed', async (name, bytes, warning) => {
    expect(endingWarnings(name, (await readBytes(name, bytes)).format)).toEqual([warning]);
  });

  it('is not said of names that fit', async () => {
    for (const name of ['letter.odt', 'letter.ott', 'letter'])
      expect(endingWarnings(name, (await readBytes(name, readFileSync(path.join(fixtureFolder, 'letter.odt')))).format)).toEqual([]);
  });
});
