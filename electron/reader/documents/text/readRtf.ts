import { setImmediate } from 'node:timers/promises';
import type { TableCell } from '../../../shared/documents.ts';
import { facetError } from '../../../shared/errors.ts';
import { readWholeFile, unreadable, type ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';
import { createDocumentWriter, textCell } from '../documentWriter.ts';
import { evenRows } from '../markdownTable.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { codePageOfCharset, codePageOfWord, decodeCodePage, rtfSilentGroups, rtfSymbols } from './rtfCharacters.ts';
import { rtfTokens } from './rtfTokens.ts';

interface Group {
  readonly silent: boolean;
  /** Characters that stand in for one Unicode character, for old readers. */
  fallback: number;
  codePage: number;
  /** Deleted under tracked changes, or hidden. */
  unseen: boolean;
  /** A footnote, which stands in the text where its mark is. */
  readonly note: boolean;
  /** What a silent group is read for. */
  readonly table: 'fonts' | 'styles' | null;
}

const mostDepth = 1_000;

/** A Rich Text document. @throws FacetError fileUnreadable, fileTooLarge, cancelled */
export async function readRtf(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const source = (await readWholeFile(file, readerLimits.textBytes)).toString('latin1');
  const writer = createDocumentWriter();
  const stack: Group[] = [];
  let group: Group = { silent: false, fallback: 1, codePage: 1252, unseen: false, note: false, table: null };
  let defaultPage = 1252;
  const fontPages = new Map<number, number>();
  const styleLevels = new Map<number, number>();
  let font = 0;
  let style = 0;
  let styleName = '';
  let text = '';
  let bytes = '';
  let bytesPage = 1252;
  let skip = 0;
  let starred = false;
  let opened = false;
  let inTable = false;
  let outline: number | null = null;
  let row: TableCell[] = [];
  let rows: TableCell[][] = [];
  let pictures = 0;

  /** Some programs say of all fonts that they are Japanese: bytes that are no text in a font's code page are in the file's. */
  const textOf = (given: Uint8Array): string => {
    const decoded = decodeCodePage(given, bytesPage);
    return decoded.includes('\ufffd') ? decodeCodePage(given, defaultPage) : decoded;
  };
  const flushBytes = (): void => {
    if (bytes !== '') text += textOf(Buffer.from(bytes, 'latin1'));
    bytes = '';
  };
  const add = (characters: string): void => {
    if (group.silent || group.unseen) return;
    flushBytes();
    text += characters;
  };
  const flushTable = (): void => {
    if (rows.length > 0) writer.table({ name: '', rows: evenRows(rows) });
    rows = [];
  };
  const endParagraph = (): void => {
    flushBytes();
    if (inTable) {
      text += '\n';
      return;
    }
    flushTable();
    const level = outline ?? styleLevels.get(style) ?? null;
    const listed = /^ *([•·▪◦o–—-]|\(?\w{1,3}[.)])\t/.exec(text);
    if (level !== null) writer.heading(level, text);
    else if (listed !== null) writer.item(text.slice(listed[0].length), 0, /^\d+\.$/.test(listed[1] ?? '') ? (listed[1] ?? '-') : '-');
    else writer.paragraph(text);
    text = '';
  };
  const control = (word: string, value: number | null): void => {
    const symbol = rtfSymbols[word];
    if (symbol !== undefined) add(symbol);
    else if (word === 'par' || word === 'sect') {
      if (group.note) add(' ');
      else if (!group.silent) endParagraph();
    } else if (word === 'page' && !group.silent) {
      endParagraph();
      if (!writer.pageIsEmpty) writer.breakPage();
    } else if (word === 'pard') {
      inTable = false;
      outline = null;
      style = 0;
    } else if (word === 'intbl') inTable = true;
    else if (word === 'outlinelevel' && value !== null && value < 9) outline = Math.min(6, value + 1);
    else if (word === 's' && value !== null) style = value;
    else if (word === 'cell' || word === 'nestcell') {
      flushBytes();
      row.push(textCell(text));
      text = '';
    } else if (word === 'row' || word === 'nestrow') {
      if (row.length > 0) rows.push(row);
      row = [];
      text = '';
      inTable = false;
    } else if (word === 'u' && value !== null) {
      add(String.fromCharCode(value < 0 ? value + 65_536 : value));
      skip = group.fallback;
    } else if (word === 'uc') group.fallback = Math.min(16, Math.max(0, value ?? 1));
    else if (word === 'ansicpg' && value !== null) group.codePage = defaultPage = value;
    else if (Object.hasOwn(codePageOfWord, word)) group.codePage = defaultPage = codePageOfWord[word] ?? defaultPage;
    else if (word === 'f' && value !== null) {
      font = value;
      group.codePage = fontPages.get(value) ?? defaultPage;
    } else if (word === 'fcharset' && group.table === 'fonts') fontPages.set(font, codePageOfCharset[value ?? 0] ?? defaultPage);
    else if (word === 'deleted' || word === 'v') group.unseen = value !== 0;
    else if (word === 'plain') group.unseen = false;
    else if (word === 'nonbreakingspace') add('\u00a0');
    else if (word === 'nonbreakinghyphen') add('\u2011');
  };

  let count = 0;
  for (const token of rtfTokens(source)) {
    count += 1;
    if (count % 20_000 === 0) {
      await setImmediate();
      if (options.signal.aborted) throw facetError('cancelled', {});
    }
    switch (token.kind) {
      case 'open':
        if (stack.length > mostDepth) throw unreadable(file, `its parts are nested more than ${String(mostDepth)} deep`);
        stack.push(group);
        group = { ...group };
        opened = true;
        starred = false;
        skip = 0;
        continue;
      case 'close':
        flushBytes();
        if (group.table === 'styles' && styleName !== '') {
          const level = /^heading (\d)/i.exec(styleName)?.[1] ?? (/^title;?$/i.test(styleName) ? '1' : undefined);
          if (level !== undefined) styleLevels.set(style, Math.min(6, Number(level)));
          styleName = '';
          style = 0;
        }
        if (group.note && stack.at(-1)?.note === false) text = `${text.trimEnd()}]`;
        group = stack.pop() ?? group;
        skip = 0;
        break;
      case 'word':
        if (token.word === '*') {
          starred = true;
          continue;
        }
        if (token.word === 'footnote' && opened && !group.note) {
          add(' [note:');
          group = { ...group, note: true };
        }
        if (token.word === 'pict' && !group.silent) pictures += 1;
        if (opened && (starred || rtfSilentGroups.has(token.word)) && !/^(shpinst|shptxt|shp|listtext)$/.test(token.word)) {
          const table = token.word === 'fonttbl' ? 'fonts' : token.word === 'stylesheet' ? 'styles' : null;
          group = { ...group, silent: true, table: group.table ?? table };
        }
        control(token.word, token.value);
        break;
      case 'bytes': {
        const kept = token.bytes.slice(skip);
        skip = Math.max(0, skip - token.bytes.length);
        if (group.table === 'styles') styleName += kept;
        if (group.silent || group.unseen) break;
        if (bytesPage !== group.codePage) flushBytes();
        bytesPage = group.codePage;
        bytes += kept;
        break;
      }
    }
    opened = false;
    starred = false;
  }
  if (stack.length > 0) writer.warn('the file is cut off: its end is missing');
  endParagraph();
  if (row.length > 0) rows.push(row);
  flushTable();
  const pages = writer.finish();
  options.onPage(pages.length, pages.length);
  return { title: '', pages, warnings: pictures === 0 ? [] : [`pictures in it were not read (${String(pictures)})`] };
}
