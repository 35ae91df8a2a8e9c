import type { ErrorData } from './errors.ts';

/** Bytes in one piece of an upload at most: small enough to share a wire with answers. */
export const uploadPieceBytes = 256 * 1024;

/** A rectangle in pixels of the upright (EXIF applied) picture; x and y from the top left. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a picture is cut for the model: the overview alone, the reference processor's crops, Facet's own grid, or boxes of the user's. */
export type PanScanMode = 'off' | 'reference' | 'auto' | 'region';

export interface ImageFacts {
  readonly format: string;
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Of a file with several pages, of which this is the first: how many. */
  readonly pages?: number;
  /** Such as "animated: the first of 12 frames is used". */
  readonly warnings: readonly string[];
}

/** How a picture would be looked at. */
export interface ImagePlan {
  /** In pixels of the upright picture; the view of the whole picture comes before them. */
  readonly crops: readonly Rect[];
  /** Side of each square view in pixels: the model's, or 896 while none that sees is loaded. */
  readonly side: number;
  /** Of all views with the words around them. */
  readonly tokens: number;
  /** Views that are encoded already, of the whole picture's and the crops' together. */
  readonly ready: number;
  /** Milliseconds of encoding that Send would wait for; null before this model has looked at anything. */
  readonly predictedMs: number | null;
}

/** Where a page's text came from. */
export type PageSource = 'text' | 'ocr' | 'vision' | 'blank' | 'failed';

export interface PageSummary {
  /** Counted from 1. */
  readonly page: number;
  readonly source: PageSource;
  /** Length of its text in Unicode code points, white space included. */
  readonly characters: number;
  readonly warnings: readonly string[];
  /** Of a page that OCR looked at: the languages that it was read in, as in Settings.ocrLanguages. Absent for English. */
  readonly languages?: readonly string[];
  /** The user had it read by OCR although the file has a text of its own. Absent for the reader's own choice. */
  readonly chosen?: true;
  /** Source `text`, but of a layer that nobody sees: what an earlier OCR put under a scan, with its mistakes. Absent for other pages. */
  readonly textLayer?: true;
  /** The number printed on the page by what the file says, `viii` or `A-3`. Absent where that is `page`, and where the file does not say. */
  readonly label?: string;
}

/** Whether a page's text came from OCR, Facet's or an earlier one. */
export function isRecognizedPage({ source, textLayer }: Pick<PageSummary, 'source' | 'textLayer'>): boolean {
  return source === 'ocr' || textLayer === true;
}

/** How a page of a document is to be read: by the file's own text, or by OCR of how it looks. */
export type PageWish = 'text' | 'ocr';

/** Pages by source; `pages` is the sum of the others. */
export interface Coverage {
  readonly pages: number;
  readonly text: number;
  readonly ocr: number;
  readonly vision: number;
  readonly blank: number;
  readonly failed: number;
}

export interface DocumentFacts {
  /** What it was read as: `pdf`, `docx`, `xlsx`, `text`, `markdown`, … or the language of source code, `python`. */
  readonly format: string;
  readonly title: string;
  readonly pages: readonly PageSummary[];
  readonly coverage: Coverage;
  readonly characters: number;
  readonly warnings: readonly string[];
  /** It was opened with a password, which is asked for again when the file is added again. Absent for others. */
  readonly protected?: true;
}

export type AttachmentState =
  /** `done`/`total` in pages; both 0 when unknown. `ready`: pages, from the first, that can be asked about already; absent for none. */
  | { readonly kind: 'reading'; readonly done: number; readonly total: number; readonly ready?: number }
  | { readonly kind: 'image'; readonly image: ImageFacts }
  | { readonly kind: 'document'; readonly document: DocumentFacts }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** A file dropped, pasted or picked. Its bytes are copied into the data folder by content, so the original may go. */
export interface Attachment {
  readonly id: string;
  /** File name for people; data, never a path. */
  readonly name: string;
  readonly bytes: number;
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string;
  readonly createdAt: number;
  /** The same for all that were added from one file of this machine, whatever was in it then; absent for what came over a wire. */
  readonly fileKey?: string;
  /** The file that it was added from is not the same any more. Looked at whenever a chat that uses it is used. */
  readonly changedOnDisk?: boolean;
  readonly state: AttachmentState;
}

/** True when `later` is the same file read again after it had changed. */
export function isLaterStateOf(later: Attachment, earlier: Attachment): boolean {
  return (
    later.fileKey !== undefined &&
    later.fileKey === earlier.fileKey &&
    later.sha256 !== earlier.sha256 &&
    later.createdAt >= earlier.createdAt &&
    later.id !== earlier.id
  );
}
