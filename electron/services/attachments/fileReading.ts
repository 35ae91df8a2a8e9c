import { randomUUID } from 'node:crypto';
import type { ReaderClient } from '../../reader/readerClient.ts';
import type { ContentStore } from './contentStore.ts';
import type { Reading, Readings } from './readings.ts';

/** A stored file to be read. */
export interface FileToRead {
  readonly name: string;
  readonly sha256: string;
}

export interface FileReadingOptions {
  readonly password: string | null;
  readonly signal: AbortSignal;
  readonly onPage: (page: number, pages: number) => void;
}

/** Reads stored files through the reader child, each content once. */
export interface FileReading {
  /** From the database when it was read before. Rejects as the reader does. */
  read(file: FileToRead, options: FileReadingOptions): Promise<Reading>;
}

/** Documents are read one after the other: each may take the reader's whole memory. Pictures need not wait for them. */
export function createFileReading(options: {
  readonly reader: ReaderClient;
  readonly store: ContentStore;
  readonly readings: Readings;
}): FileReading {
  const { reader, store, readings } = options;
  let documents: Promise<unknown> = Promise.resolve();

  return {
    read: async ({ name, sha256 }, { password, signal, onPage }) => {
      const file = { path: store.pathOf(sha256), name };
      const { kind, format } = await reader.request('file.identify', file, signal);
      const known = readings.find(sha256, format);
      if (known !== null) return known;
      if (kind === 'image') {
        const facts = await reader.request('image.inspect', file, signal);
        // Decoded already: the reader keeps its last picture for a while.
        return readings.saveImage(sha256, format, facts, await reader.request('image.profile', file, signal));
      }
      const turn = documents.then(async () => {
        // The same content may have been read while this one waited.
        const meanwhile = readings.find(sha256, format);
        if (meanwhile !== null) return meanwhile;
        const params = { ...file, readId: randomUUID(), password };
        return readings.saveDocument(sha256, format, await reader.request('document.read', params, signal, onPage));
      });
      documents = turn.catch(() => undefined);
      return turn;
    },
  };
}
