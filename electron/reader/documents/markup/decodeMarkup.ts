import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { decodeBytes } from '../text/decodeBytes.ts';
import { countUtf8, decodeText } from '../text/decodeText.ts';

/** A file may say its encoding in this many bytes. */
const declarationBytes = 16_384;

/** HTML or XML as text: in the encoding that a byte order mark or the file itself names, else as any text file. */
export function decodeMarkup(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, declarationBytes)).toString('latin1');
  const label = /^<\?xml[^>]*encoding=["']([\w.:-]+)/i.exec(head)?.[1] ?? /<meta[^>]*charset=["']?([\w.:-]+)/i.exec(head)?.[1];
  const decoder = label === undefined || /^utf-?(8|16)/i.test(label) ? null : decoderFor(label);
  if (label !== undefined && /^utf-?8/i.test(label) && !isUtf8(bytes)) {
    const { letters, bad } = countUtf8(bytes);
    // Parts in another encoding do not make the page none of what it says.
    if (letters >= bad) return decodeBytes(bytes, 'utf-8').replaceAll(/\r\n?/g, '\n');
  }
  // A page that was changed to UTF-8 often still says what it was before; text in an encoding of one byte is never UTF-8 by chance.
  if (decoder !== null && /^(windows|iso-8859|koi8|macintosh)/.test(decoder.encoding) && isUtf8(bytes)) return decodeText(bytes).text;
  return decoder === null ? decodeText(bytes).text : decoder.decode(bytes).replaceAll(/\r\n?/g, '\n');
}

function decoderFor(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    // A name that nobody knows: the bytes have to speak for themselves.
    return null;
  }
}
