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
  /** It is UTF-8 with a few bytes that are none: they show as U+FFFD. */
  readonly damaged: boolean;
}

/**
 * Bytes of a text file as text. A byte order mark decides; then zero bytes at every second place (UTF-16 without a mark); then UTF-8, with
 * hardly any byte that is none; of whatever is left the language's usual letters tell the encoding, and where they do not, Windows-1252, in which every byte has a meaning.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = detectEncoding(bytes, false);
  const text = decodeBytes(bytes, encoding);
  const damaged = encoding === 'utf-8' && text.includes('\ufffd') && !isUtf8(bytes, false);
  return { text: text.replace(/\r\n?/g, '\n'), encoding, damaged };
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
  // Letters beyond the first 65,536 may have a zero byte in the other place.
  if (zeros.odd > bytes.length / 8 && zeros.even < zeros.odd / 16) return 'utf-16le';
  if (zeros.even > bytes.length / 8 && zeros.odd < zeros.even / 16) return 'utf-16be';
  return isUtf8(bytes, cut) || isMostlyUtf8(bytes) ? 'utf-8' : guessEncoding(bytes);
}

/** In other encodings hardly any letter is UTF-8 by chance; one bad byte in a long file makes it no other encoding. */
const mostDamage = 0.1;
const leastLetters = 4;

function isMostlyUtf8(bytes: Uint8Array): boolean {
  const { letters, bad } = countUtf8(bytes);
  return letters >= leastLetters && bad <= mostDamage * letters;
}

/** Letters beyond ASCII in a text that is taken for UTF-8, and places where it is none. */
export function countUtf8(bytes: Uint8Array): { readonly letters: number; readonly bad: number } {
  let letters = 0;
  let bad = 0;
  for (const [character] of decodeBytes(bytes, 'utf-8').matchAll(/[\u0080-\u{10ffff}]/gu)) {
    if (character === '\ufffd') bad += 1;
    else letters += 1;
  }
  return { letters, bad };
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
