import { randomUUID } from 'node:crypto';
import type { OnPage, ReaderClient } from '../../reader/readerClient.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { ContentStore } from './contentStore.ts';
import { keptLanguages, type OcrReading } from '../ocr/ocrReading.ts';
import type { Reading, Readings } from './readings.ts';

/** A stored file to be read. */
export interface FileToRead {
  readonly name: string;
  readonly sha256: string;
}

export interface FileReadingOptions {
  readonly password: string | null;
  readonly signal: AbortSignal;
  /** Of a file that is both, the first page as a picture. */
  readonly asPicture: boolean;
  /** After each page of a document of this format. */
  readonly onPage: (format: string, ...progress: Parameters<OnPage>) => void;
}

/** Reads stored files through the reader child, each content once. */
export interface FileReading {
  /** From the database when it was read before. Rejects as the reader does. */
  read(file: FileToRead, options: FileReadingOptions): Promise<Reading>;
}

interface StoredFile extends FileToRead {
  readonly path: string;
}

/** Documents are read one after the other: each may take the reader's whole memory. Pictures need not wait for them. */
export function createFileReading(options: {
  readonly reader: ReaderClient;
  readonly store: ContentStore;
  readonly readings: Readings;
  readonly ocr: OcrReading;
}): FileReading {
  const { reader, store, readings, ocr } = options;
  let documents: Promise<unknown> = Promise.resolve();

  const readPicture = async (file: StoredFile, signal: AbortSignal, note: string | null): Promise<Reading> => {
    const facts = await reader.request('image.inspect', file, signal);
    const known = readings.find(file.sha256, facts.format);
    if (known !== null) return known;
    const image = note === null ? facts : { ...facts, warnings: [...facts.warnings, note] };
    // Decoded already: the reader keeps its last picture for a while.
    return readings.saveImage(file.sha256, facts.format, image, await reader.request('image.profile', file, signal));
  };

  return {
    read: async ({ name, sha256 }, { password, asPicture, signal, onPage }) => {
      const file = { path: store.pathOf(sha256), name, sha256 };
      const { kind, format, pictureToo } = await reader.request('file.identify', { path: file.path, name }, signal);
      if (pictureToo && asPicture)
        return readPicture(file, signal, 'the others are chosen with --page, and all are read when it is given with --doc');
      const known = readings.find(sha256, format);
      if (known !== null && readAsChosen(known, ocr)) {
        // What was read once does not let in whoever has no password for it.
        if (known.kind === 'document' && known.document.protected === true)
          await reader.request('document.words', { path: file.path, name, page: 1, password }, signal);
        return known;
      }
      if (kind === 'image') return readPicture(file, signal, null);
      const turn = documents.then(async () => {
        // The same content may have been read while this one waited.
        const meanwhile = readings.find(sha256, format);
        if (meanwhile !== null && readAsChosen(meanwhile, ocr)) return meanwhile;
        const languages = ocr.chosen();
        const params = { path: file.path, name, readId: randomUUID(), password, languages: ocr.files(languages) };
        try {
          const tell: OnPage = (...progress) => onPage(format, ...progress);
          return readings.saveDocument(sha256, format, await reader.request('document.read', params, signal, tell), languages);
        } catch (error) {
          if (!pictureToo || toErrorData(error).code !== 'documentEmpty') throw error;
          return readPicture(file, signal, 'no text was found on any of its pages, so it is used as a picture, not as a document');
        }
      });
      documents = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** False for a document with pages that OCR read, or could not read, in other languages than those chosen now. */
function readAsChosen(reading: Reading, ocr: OcrReading): boolean {
  if (reading.kind !== 'document') return true;
  const wanted = JSON.stringify(keptLanguages(ocr.chosen()).languages);
  const seen = reading.document.pages.filter(({ source, chosen }) => (source === 'ocr' && chosen !== true) || source === 'failed');
  return seen.every(({ languages }) => JSON.stringify(languages) === wanted);
}
