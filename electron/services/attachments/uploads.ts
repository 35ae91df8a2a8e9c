import { randomUUID } from 'node:crypto';
import { uploadPieceBytes } from '../../shared/attachments.ts';
import { facetError } from '../../shared/errors.ts';
import { attachmentByteLimit, type ContentStore, type IncomingFile, type StoredContent } from './contentStore.ts';
import { displayName } from './displayName.ts';

/** Uploads open at once; an abandoned one is dropped for a new one after an hour. */
const mostUploads = 32;
const abandonedAfterMs = 3_600_000;

/** Files that arrive over a wire in pieces. */
export interface Uploads {
  /** @throws FacetError fileTooLarge, fileUnreadable (0 bytes), busy */
  readonly begin: (name: string, bytes: number) => Promise<string>;
  /** @throws FacetError notFound, invalidRequest (not base64, too long, more than was said), diskFull, diskFailed */
  readonly append: (uploadId: string, base64: string) => Promise<void>;
  /** @throws FacetError notFound, fileUnreadable when bytes are missing */
  finish<T>(uploadId: string, keep: (content: StoredContent, name: string) => T): Promise<T>;
  readonly abort: (uploadId: string) => Promise<void>;
  close(): Promise<void>;
}

interface Upload {
  readonly name: string;
  readonly bytes: number;
  readonly file: IncomingFile;
  touchedAt: number;
  /** Pieces are written one after the other, however they arrive. */
  last: Promise<void>;
}

export function createUploads(store: ContentStore, now: () => number = Date.now): Uploads {
  const uploads = new Map<string, Upload>();
  const find = (uploadId: string): Upload => {
    const upload = uploads.get(uploadId);
    if (upload === undefined) throw facetError('notFound', { what: 'file', id: uploadId });
    upload.touchedAt = now();
    return upload;
  };
  const end = async (uploadId: string): Promise<void> => {
    const upload = uploads.get(uploadId);
    uploads.delete(uploadId);
    await upload?.last.catch(() => undefined);
    await upload?.file.abort();
  };
  return {
    begin: async (rawName, bytes) => {
      const name = displayName(rawName);
      if (bytes === 0) throw facetError('fileUnreadable', { file: name, reason: 'it is empty (0 bytes)' });
      if (bytes > attachmentByteLimit)
        throw facetError('fileTooLarge', { file: name, unit: 'bytes', limit: attachmentByteLimit, actual: bytes });
      for (const [id, upload] of uploads) if (now() - upload.touchedAt > abandonedAfterMs) await end(id);
      if (uploads.size >= mostUploads) throw facetError('busy', { what: 'adding files' });
      const uploadId = randomUUID();
      uploads.set(uploadId, { name, bytes, file: await store.begin(name), touchedAt: now(), last: Promise.resolve() });
      return uploadId;
    },
    append: async (uploadId, base64) => {
      const upload = find(uploadId);
      const piece = decodeBase64(base64);
      upload.last = upload.last.then(async () => {
        if (upload.file.bytes + piece.length > upload.bytes)
          throw facetError('invalidRequest', { field: 'base64', reason: 'more bytes than were announced' });
        await upload.file.append(piece);
      });
      try {
        await upload.last;
      } catch (error) {
        await end(uploadId);
        throw error;
      }
    },
    finish: async (uploadId, keep) => {
      const upload = find(uploadId);
      uploads.delete(uploadId);
      await upload.last.catch(async (error: unknown) => {
        await upload.file.abort();
        throw error;
      });
      if (upload.file.bytes !== upload.bytes) {
        await upload.file.abort();
        const reason = `only ${String(upload.file.bytes)} of ${String(upload.bytes)} bytes arrived`;
        throw facetError('fileUnreadable', { file: upload.name, reason });
      }
      return upload.file.finish((content) => keep(content, upload.name));
    },
    abort: end,
    close: async () => {
      for (const id of [...uploads.keys()]) await end(id);
    },
  };
}

/** Strict: Node's own decoder skips over anything that is not base64. */
function decodeBase64(base64: string): Uint8Array {
  if (base64.length > Math.ceil(uploadPieceBytes / 3) * 4) {
    throw facetError('invalidRequest', { field: 'base64', reason: `at most ${String(uploadPieceBytes)} bytes a piece` });
  }
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw facetError('invalidRequest', { field: 'base64', reason: 'not base64' });
  return Buffer.from(base64, 'base64');
}
