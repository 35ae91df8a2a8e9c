import { TextDecoder } from 'node:util';
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
  ...['private', 'bkmkstart', 'bkmkend', 'pntxta', 'pntxtb', 'annotation', 'atnid', 'atnauthor', 'atrfstart', 'atrfend', 'xe', 'tc'],
]);

/** Encodings by Windows code page, and code pages by a font's character set. */
export function decoderOfCodePage(codePage: number): TextDecoder {
  const labels: Readonly<Record<number, string>> = {
    932: 'shift_jis',
    936: 'gbk',
    949: 'euc-kr',
    950: 'big5',
    10000: 'macintosh',
    65001: 'utf-8',
  };
  try {
    return new TextDecoder(labels[codePage] ?? `windows-${String(codePage)}`);
  } catch {
    return new TextDecoder('windows-1252');
  }
}

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
