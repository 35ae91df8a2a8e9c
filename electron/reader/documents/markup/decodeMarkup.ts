import { TextDecoder } from 'node:util';
import { decodeText } from '../text/decodeText.ts';

/** A file may say its encoding in this many bytes. */
const declarationBytes = 16_384;

/** HTML or XML as text: in the encoding that a byte order mark or the file itself names, else as any text file. */
export function decodeMarkup(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, declarationBytes)).toString('latin1');
  const label = /^<\?xml[^>]*encoding=["']([\w.:-]+)/i.exec(head)?.[1] ?? /<meta[^>]*charset=["']?([\w.:-]+)/i.exec(head)?.[1];
  const decoder = label === undefined || /^utf-?(8|16)/i.test(label) ? null : decoderFor(label);
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
