import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';

/** A picture that stands in its own address, or why it cannot be taken, as a sentence. */
export type DataPicture = { readonly kind: 'picture'; readonly file: File } | { readonly kind: 'refused'; readonly why: string };

/** Longer addresses are refused, in characters: what is larger than that is a file, and can be dropped as one. */
export const longestDataAddress = 64 * 1024 * 1024;

const pattern = /^data:([^,;]*)((?:;[^,;]*)*),/i;

const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/svg+xml': 'svg', 'image/x-icon': 'ico' };

/** Decodes a `data:` address here; nothing is fetched. */
export function dataPicture(address: string): DataPicture {
  if (address.length > longestDataAddress) {
    const limit = bytesInWords(longestDataAddress);
    return refused(`The picture in that link is larger than ${limit}. Save it as a file and drop the file.`);
  }
  const head = pattern.exec(address);
  const mime = (head?.[1] ?? '').trim().toLowerCase();
  if (head === null || !mime.startsWith('image/')) {
    return refused(`That link holds no picture${mime === '' ? '' : ` (${mime})`}. Save what it shows as a file and drop the file.`);
  }
  const bytes = bytesOf(address.slice(head[0].length), /;\s*base64\s*$/i.test(head[2] ?? ''));
  if (bytes === null || bytes.length === 0) {
    return refused('The picture in that link is damaged: its data ends early or holds other signs. Copy the picture itself and paste it.');
  }
  const name = `picture.${endings[mime] ?? mime.slice('image/'.length)}`;
  return { kind: 'picture', file: new File([bytes], name, { type: mime }) };
}

/** Null when it is not what it says. */
function bytesOf(data: string, isBase64: boolean): Uint8Array<ArrayBuffer> | null {
  try {
    const text = decodeURIComponent(data);
    return isBase64 ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : new TextEncoder().encode(text);
  } catch {
    return null;
  }
}

function refused(why: string): DataPicture {
  return { kind: 'refused', why };
}
