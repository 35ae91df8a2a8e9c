import { assertNever } from '../../../shared/assertNever.ts';
import type { DecodedText, TextEncoding } from './decodeText.ts';

/** What people should know about how the bytes of a text were understood: nothing when the file itself says it. */
export function encodingWarnings({ encoding, damaged }: Omit<DecodedText, 'text'>): readonly string[] {
  if (damaged) return ['some bytes of it are no text; they show as \ufffd'];
  const name = encodingName(encoding);
  return name === null ? [] : [`not UTF-8: read as ${name}, which is a guess; letters with accents may be wrong`];
}

function encodingName(encoding: TextEncoding): string | null {
  switch (encoding) {
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
    case 'utf-32le':
    case 'utf-32be':
      return null;
    case 'windows-1252':
      return 'Windows-1252 (Western European)';
    case 'iso-8859-2':
      return 'Latin-2 (Central European)';
    case 'windows-1250':
      return 'Windows-1250 (Central European)';
    case 'windows-1251':
      return 'Windows-1251 (Cyrillic)';
    case 'koi8-r':
      return 'KOI8-R (Cyrillic)';
    case 'windows-1253':
      return 'Windows-1253 (Greek)';
    case 'windows-1254':
      return 'Windows-1254 (Turkish)';
    case 'windows-1255':
      return 'Windows-1255 (Hebrew)';
    case 'windows-1256':
      return 'Windows-1256 (Arabic)';
    case 'windows-874':
      return 'Windows-874 (Thai)';
    case 'shift_jis':
      return 'Shift JIS (Japanese)';
    case 'euc-jp':
      return 'EUC-JP (Japanese)';
    case 'gb18030':
      return 'GB 18030 (Chinese)';
    case 'big5':
      return 'Big5 (Chinese)';
    case 'euc-kr':
      return 'EUC-KR (Korean)';
    case 'iso-8859-5':
      return 'ISO 8859-5 (Cyrillic)';
    case 'ibm866':
      return 'code page 866 of DOS (Cyrillic)';
    case 'x-mac-cyrillic':
      return 'Mac Cyrillic';
    case 'ibm437':
      return 'code page 437 of DOS';
    case 'ibm850':
      return 'code page 850 of DOS (Western European)';
    case 'macintosh':
      return 'Mac Roman (Western European)';
    default:
      return assertNever(encoding, 'text encoding');
  }
}
