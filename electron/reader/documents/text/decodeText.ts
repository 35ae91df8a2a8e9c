import { decodeBytes } from './decodeBytes.ts';
import { guessEncoding } from './guessEncoding.ts';

/** How the bytes of a text file were understood. */
export type TextEncoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'utf-32le'
  | 'utf-32be'
  | 'windows-1252'
  | 'iso-8859-2'
  | 'windows-1250'
  | 'windows-1251'
  | 'koi8-r'
  | 'iso-8859-5'
  | 'ibm866'
  | 'x-mac-cyrillic'
  | 'windows-1253'
  | 'windows-1254'
  | 'windows-1255'
  | 'windows-1256'
  | 'windows-874'
  | 'shift_jis'
  | 'euc-jp'
  | 'gb18030'
  | 'big5'
  | 'euc-kr'
  | 'ibm437'
  | 'ibm850'
  | 'macintosh';

export interface DecodedText {
  /** Line ends are `\n`; no byte order mark. */
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * Bytes of a text file as text. A byte order mark decides; then zero bytes at every second place (UTF-16 without a mark); then valid UTF-8;
 * of whatever is left the language's usual letters tell the encoding, and where they do not, Windows-1252, in which every byte has a meaning.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = detectEncoding(bytes, false);
  const text = decodeBytes(bytes, encoding);
  return { text: text.replace(/\r\n?/g, '\n'), encoding };
}

/** False for bytes that no text has: zero bytes outside UTF-16, or more than a few control characters. `cut` says that the end is missing. */
export function looksLikeText(bytes: Uint8Array, cut: boolean): boolean {
  const encoding = detectEncoding(bytes, cut);
  const text = decodeBytes(bytes, encoding);
  let controls = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0) return false;
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27) controls += 1;
    if (code >= 0x80 && code < 0xa0) controls += 1;
  }
  return controls <= text.length / 200;
}

function detectEncoding(bytes: Uint8Array, cut: boolean): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.length % 4 === 0 && bytes[2] === 0 && bytes[3] === 0 ? 'utf-32le' : 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return 'utf-32be';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = countZeros(bytes);
  if (zeros.odd > bytes.length / 8 && zeros.even === 0) return 'utf-16le';
  if (zeros.even > bytes.length / 8 && zeros.odd === 0) return 'utf-16be';
  return isUtf8(bytes, cut) ? 'utf-8' : guessEncoding(bytes);
}

function countZeros(bytes: Uint8Array): { readonly even: number; readonly odd: number } {
  let even = 0;
  let odd = 0;
  const end = Math.min(bytes.length, 65_536);
  for (let index = 0; index < end; index += 1) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  return { even, odd };
}

function isUtf8(bytes: Uint8Array, cut: boolean): boolean {
  try {
    // With `stream`, a sequence that is cut off at the end is not an error.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
    return true;
  } catch {
    return false;
  }
}
