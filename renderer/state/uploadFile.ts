import { type Attachment, uploadPieceBytes } from '../../electron/shared/attachments.ts';
import type { FacetClient } from '../client/facetClient.ts';

/** Sends a file in pieces, one after the other. An abort or an error tells the host to drop what it has. */
export async function uploadFile(
  client: FacetClient,
  file: File,
  { isPrivate, signal }: { readonly isPrivate: boolean; readonly signal: AbortSignal },
  onSent: (bytes: number) => void,
): Promise<Attachment> {
  const { uploadId } = await client.request('upload.begin', { name: file.name, bytes: file.size, private: isPrivate }, signal);
  try {
    for (let start = 0; start < file.size; start += uploadPieceBytes) {
      const end = Math.min(start + uploadPieceBytes, file.size);
      const piece = new Uint8Array(await file.slice(start, end).arrayBuffer());
      await client.request('upload.append', { uploadId, base64: toBase64(piece) }, signal);
      onSent(end);
    }
    return await client.request('upload.finish', { uploadId }, signal);
  } catch (error) {
    // The first error is the one to report; a host that is gone has dropped the pieces by itself.
    await client.request('upload.abort', { uploadId }).catch(() => undefined);
    throw error;
  }
}

/** Characters per String.fromCharCode call: more would overflow the stack. */
const step = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += step) binary += String.fromCharCode(...bytes.subarray(start, start + step));
  return btoa(binary);
}
