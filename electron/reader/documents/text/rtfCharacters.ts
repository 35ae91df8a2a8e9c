import { TextDecoder } from 'node:util';
import { decodeBytes } from './decodeBytes.ts';

/** What a control word stands for in the text. */
export const rtfSymbols: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
};

/** Groups that hold no text of the document. Those that begin with `\*` are left out as a rule. */
export const rtfSilentGroups: ReadonlySet<string> = new Set([
  ...[
    'fonttbl',
    'colortbl',
    'stylesheet',
    'info',
    'pict',
    'object',
    'header',
    'headerl',
    'headerr',
    'headerf',
    'footer',
    'footerl',
    'footerr',
  ],
  ...[
    'footerf',
    'fldinst',
    'listtable',
    'listoverridetable',
    'generator',
    'xmlnstbl',
    'themedata',
    'datastore',
    'revtbl',
    'filetbl',
    'nonesttables',
  ],
  ...['private', 'bkmkstart', 'bkmkend', 'pntxta', 'pntxtb', 'annotation', 'atnid', 'atnauthor', 'atrfstart', 'atrfend', 'xe', 'tc', 'sp'],
]);

const labels: Readonly<Record<number, string>> = {
  866: 'ibm866',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  65001: 'utf-8',
};

/** Bytes of text in a code page by its Windows number; in Windows-1252 where nobody knows the number. */
export function decodeCodePage(bytes: Uint8Array, codePage: number): string {
  if (codePage === 437 || codePage === 850) return decodeBytes(bytes, `ibm${codePage}`);
  try {
    return new TextDecoder(labels[codePage] ?? `windows-${String(codePage)}`).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Code pages by the control word with which an old file names its character set. */
export const codePageOfWord: Readonly<Record<string, number>> = { mac: 10000, pc: 437, pca: 850 };

/** Code pages by a font's character set. */
export const codePageOfCharset: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};
