import type { Readings } from '../../electron/services/attachments/readings.ts';
import type { SearchedDocument } from '../../electron/services/retrieval/chunkIndex.ts';
import type { Attachment } from '../../electron/shared/attachments.ts';

/** A document of plain text as its reading is stored, under a hash that is its name. */
export function storeDocument(readings: Readings, sha256: string, texts: readonly string[]): SearchedDocument {
  const pages = texts.map((text, place) => ({ page: place + 1, text }));
  readings.saveDocument(sha256, 'text', {
    format: 'text',
    title: '',
    pages: pages.map((page) => ({ ...page, source: 'text', characters: page.text.length, headings: [], tables: [], warnings: [] })),
    coverage: { pages: pages.length, text: pages.length, ocr: 0, vision: 0, blank: 0, failed: 0 },
    warnings: [],
  });
  return { sha256, format: 'text', pages };
}

/** The attachment of such a document. */
export function attachmentOf({ sha256 }: Pick<SearchedDocument, 'sha256'>): Attachment {
  const document = {
    format: 'text',
    title: '',
    pages: [],
    coverage: { pages: 0, text: 0, ocr: 0, vision: 0, blank: 0, failed: 0 },
    characters: 0,
    warnings: [],
  } as const;
  return { id: sha256, name: sha256, bytes: 0, sha256, createdAt: 0, state: { kind: 'document', document } };
}
