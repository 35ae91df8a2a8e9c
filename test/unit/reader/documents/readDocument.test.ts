import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import { createTextRecognizer } from '../../../../electron/reader/ocr/createTextRecognizer.ts';
import type { ReadDocument } from '../../../../electron/reader/readerContract.ts';
import { FacetError, type ErrorData } from '../../../../electron/shared/errors.ts';

const recognizer = createTextRecognizer();
afterAll(() => recognizer.close());

const folder = path.join(import.meta.dirname, '../../../fixtures/documents');

function read(
  name: string,
  options: {
    readonly from?: string;
    readonly password?: string;
    readonly onPage?: (page: number, pages: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<ReadDocument> {
  return readDocument(
    { path: path.join(options.from ?? folder, name), name },
    {
      password: options.password ?? null,
      signal: options.signal ?? new AbortController().signal,
      recognizer,
      onPage: options.onPage ?? (() => undefined),
    },
  );
}

async function refusal(work: Promise<unknown>): Promise<ErrorData> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof FacetError)) throw new Error(`not refused properly: ${String(outcome)}`);
  return outcome.data;
}

describe('readDocument of a PDF', () => {
  it('reads two columns one after the other, between a heading and a full line below', async () => {
    const { title, pages } = await read('twoColumns.pdf');
    expect(title).toBe('Two columns');
    expect(pages[0]?.headings).toMatchObject([{ offset: 0 }]);
    const paragraphs = (pages[0]?.text ?? '').replace(/^#+ /, '').split('\n\n');
    expect(paragraphs.map((text) => text.split(' ')[0])).toEqual([
      'A',
      'LEFT0',
      'LEFT1',
      'LEFT2',
      'LEFT3',
      'RIGHT0',
      'RIGHT1',
      'RIGHT2',
      'RIGHT3',
      'FOOT',
    ]);
    // Soft line breaks are gone, and no word is lost or joined to another.
    expect(paragraphs.slice(1, 9).map((text) => text.split(/\s/).length)).toEqual(new Array(8).fill(60));
  });

  it.each(['mixed.pdf', 'rotated.pdf'])('tells pages of %s apart by what is on them', async (name) => {
    const { pages, coverage } = await read(name);
    expect(coverage).toEqual({ pages: 5, text: 3, ocr: 0, vision: 0, blank: 1, failed: 1 });
    expect(pages.map(({ source }) => source)).toEqual(['text', 'failed', 'blank', 'text', 'text']);
    expect(pages.map(({ warnings }) => warnings.length)).toEqual([0, 1, 0, 1, 0]);
    expect(pages.every(({ page }, index) => page === index + 1)).toBe(true);
  });

  it('mends divided words, keeps compounds, addresses and lists, and puts turned text last', async () => {
    const { pages } = await read('mixed.pdf');
    expect(pages[0]?.text).toBe(
      [
        'The first paragraph of this page has a divided word and keeps on until the margin is reached, where the state-of-the-art method joins it, not as state-of-the-art words are lost.',
        'Total: 1,234.50 EUR\nMill Street 5\n12345 Rivertown',
        '1. the first point\n2. the second point\n• a bullet',
      ].join('\n\n'),
    );
    expect(pages[4]?.text).toBe(
      'An upright line\n\n| Item | Count | Price |\n| --- | --- | --- |\n| Apple | 3 | 1.20 |\n| Pear | 10 | 4.00 |\n\nA turned margin note',
    );
    expect(pages[0]?.characters).toBe(Array.from(pages[0]?.text ?? '').length);
  });

  it('reads text in a font that is not in the file', async () => {
    expect((await read('japanese.pdf')).pages[0]?.text).toBe('貯水池は村の上にある。');
  });

  it('never calls a document without text read', async () => {
    expect(await refusal(read('scan.pdf'))).toEqual({ code: 'documentEmpty', details: { file: 'scan.pdf' } });
    expect(await refusal(read('drawn.pdf'))).toEqual({ code: 'documentEmpty', details: { file: 'drawn.pdf' } });
  });

  it('asks for a password, says when it was wrong, and takes the right one', async () => {
    expect(await refusal(read('locked.pdf'))).toEqual({ code: 'passwordRequired', details: { file: 'locked.pdf', wrong: false } });
    expect(await refusal(read('locked.pdf', { password: 'open' }))).toEqual({
      code: 'passwordRequired',
      details: { file: 'locked.pdf', wrong: true },
    });
    expect((await read('locked.pdf', { password: 'sesame' })).coverage.text).toBe(3);
  });

  it.each(['half.pdf', 'junk.pdf'])('refuses %s in one clause', async (name) => {
    expect(await refusal(read(name))).toEqual({ code: 'fileUnreadable', details: { file: name, reason: 'the PDF is damaged' } });
  });

  it('tells its progress and stops between pages', async () => {
    const seen: string[] = [];
    const controller = new AbortController();
    const reading = read('mixed.pdf', {
      signal: controller.signal,
      onPage: (page, pages) => {
        seen.push(`${String(page)}/${String(pages)}`);
        if (page === 2) controller.abort();
      },
    });
    expect((await refusal(reading)).code).toBe('cancelled');
    expect(seen).toEqual(['1/5', '2/5']);
  });
});

describe('readDocument of a text file', () => {
  let temporary = '';
  beforeAll(() => {
    temporary = mkdtempSync(path.join(tmpdir(), 'facet-text-'));
  });
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));
  const readBytes = (name: string, bytes: Uint8Array): Promise<ReadDocument> => {
    writeFileSync(path.join(temporary, name), bytes);
    return read(name, { from: temporary });
  };
  const text = 'Größe: 5 €\r\nnaïve “quotes”\rend';
  const expected = 'Größe: 5 €\nnaïve “quotes”\nend';
  const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16 little endian', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['UTF-16 big endian', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped(Buffer.from(text, 'utf16le'))])],
    ['UTF-16 without a mark', Buffer.from('Plain words. '.repeat(4) + text, 'utf16le')],
  ])('reads %s', async (_name, bytes) => {
    const document = await readBytes('a.txt', bytes);
    expect(document.pages[0]?.text.endsWith(expected)).toBe(true);
    expect(document.warnings).toEqual([]);
    expect(document.format).toBe('text');
  });

  it('reads Windows-1252 and says so', async () => {
    const bytes = Buffer.from([0x47, 0x72, 0xf6, 0xdf, 0x65, 0x20, 0x80, 0x20, 0x93, 0x71, 0x94]);
    const document = await readBytes('a.txt', bytes);
    expect(document.pages[0]?.text).toBe('Größe € “q”');
    expect(document.warnings).toEqual([
      'not UTF-8: read as Windows-1252 (Western European), which is a guess; letters with accents may be wrong',
    ]);
  });

  it('keeps Markdown as it is and takes its heading as the title', async () => {
    const markdown = 'Intro\n\n# The *Title* #\n\n- a\n- b\n';
    expect(await readBytes('notes.MD', Buffer.from(markdown))).toMatchObject({
      format: 'markdown',
      title: 'The *Title*',
      pages: [{ text: markdown }],
    });
  });

  it('divides pages at form feeds and tells blank ones', async () => {
    const { pages } = await readBytes('a.txt', Buffer.from('one\f \n\ftwo'));
    expect(pages.map(({ source, characters }) => [source, characters])).toEqual([
      ['text', 3],
      // A space and a line break: characters, but nothing to read.
      ['blank', 2],
      ['text', 3],
    ]);
  });

  it('leaves control characters out and says how many', async () => {
    const { pages } = await readBytes('a.txt', Buffer.from(`a\u001b[31mb${' word'.repeat(300)}`));
    expect(pages[0]?.text.startsWith('a[31mb')).toBe(true);
    expect(pages[0]?.warnings).toEqual(['1 control characters were left out']);
  });

  it('refuses nothing but white space, and nothing at all', async () => {
    expect((await refusal(readBytes('a.txt', Buffer.from(' \n\t\n')))).code).toBe('documentEmpty');
    expect(await refusal(readBytes('a.txt', Buffer.alloc(0)))).toEqual({
      code: 'fileUnreadable',
      details: { file: 'a.txt', reason: 'it is empty (0 bytes)' },
    });
  });
});
