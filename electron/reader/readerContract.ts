import type { Coverage, ImageFacts, PageSource, PageWish, Rect } from '../shared/attachments.ts';
import type { DocumentTable, Heading, PageWord, PageWords } from '../shared/documents.ts';
import type { ModelCheck } from '../shared/models.ts';

/** A language that OCR reads in, by Tesseract's code, and the file of its data; null for the one that is built in. */
export interface OcrLanguageFile {
  readonly code: string;
  readonly path: string | null;
}

/** Of requests that may recognise text. */
export interface Recognizing {
  /** Absent for English. */
  readonly languages?: readonly OcrLanguageFile[];
}

export interface ReadPage {
  /** Counted from 1. */
  readonly page: number;
  readonly source: PageSource;
  readonly text: string;
  /** Length of the text in Unicode code points, white space included. */
  readonly characters: number;
  readonly warnings: readonly string[];
  /** Its text is one that nobody sees: what an earlier OCR put under a scan. Absent for other pages. */
  readonly textLayer?: true;
  /** As PageSummary.label. Absent where a page is read by itself. */
  readonly label?: string;
  readonly headings: readonly Heading[];
  readonly tables: readonly PageTable[];
}

/** A table of the page that it is listed with. */
export type PageTable = Omit<DocumentTable, 'page'>;

/** A page of a document, for requests about one. */
export interface PageRequest {
  readonly path: string;
  readonly name: string;
  /** Counted from 1. */
  readonly page: number;
  readonly password: string | null;
}

/** For the words of a page: `recognized` when its text is what OCR found, although the file has a text of its own. */
export interface PageWordsRequest extends PageRequest {
  readonly recognized?: boolean;
}

export interface ReadDocument {
  /** A DocumentFormat of identifyFile.ts: `pdf`, `docx`, `text`, … */
  readonly format: string;
  /** From the document's own metadata, else empty. */
  readonly title: string;
  readonly pages: readonly ReadPage[];
  readonly coverage: Coverage;
  readonly warnings: readonly string[];
  /** A password was given for it. Absent without one. */
  readonly protected?: true;
}

/** One view as the encoder gets it: RGB, `side`*`side`*3 bytes, stretched with antialiased bilinear. */
export interface ImageView {
  readonly rgb: Uint8Array;
  /** Of `rgb`, lower-case hex. */
  readonly sha256: string;
}

/** Where a picture has edges, sampled every `scale` pixels: what a plan of crops is made from. */
export interface InkProfile {
  /** Picture pixels per sample, 1 or more. */
  readonly scale: number;
  /** Edge samples in each row of samples, from the top. */
  readonly rows: readonly number[];
  /** Edge samples in each column of samples, from the left. */
  readonly columns: readonly number[];
  /** Edge samples in square cells of `size` samples, row by row, `columns` in a row. */
  readonly cells: { readonly size: number; readonly columns: number; readonly edges: readonly number[] };
  /** Sizes of the type found, in picture pixels, ascending, one for each few letters; empty when there is no text. */
  readonly textHeights: readonly number[];
  /** What holds all of that text and a little around it, in picture pixels; null when there is no text, absent in profiles of earlier versions. */
  readonly textArea?: Rect | null;
}

export type TestPageShape = 'wide' | 'tall' | 'square' | 'a4';

/** One page of the reading test; the same request always gives the same page. */
export interface TestPageRequest {
  /** 0..2^31-1 */
  readonly seed: number;
  /** Counted from 0. */
  readonly index: number;
  /** Side of a view in pixels: type and page are sized for it. */
  readonly side: number;
}

export interface TestQuestion {
  readonly key: string;
  readonly answer: string;
  /** Whether an even cut of the page would go through the line. */
  readonly split: boolean;
}

export interface TestPage {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly shape: TestPageShape;
  /** Size of the type in pixels of the view that shows the whole page, on the axis where it is smaller. */
  readonly overviewEm: number;
  readonly questions: readonly TestQuestion[];
}

// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type ReaderRequests = {
  /** What a file is, by content and then by name: `image`, `document`, or neither (rejects with fileUnsupported, fileTooLarge or fileUnreadable). */
  'file.identify': {
    params: { readonly path: string; readonly name: string };
    /** `pictureToo`: a document whose first page the `image.` requests take as a picture. */
    result: { readonly kind: 'image' | 'document'; readonly format: string; readonly pictureToo: boolean };
  };
  /** Decodes fully, so that damage is found here and not at the first question. */
  'image.inspect': { params: { readonly path: string; readonly name: string }; result: ImageFacts };
  'image.profile': { params: { readonly path: string; readonly name: string }; result: InkProfile };
  /** `rects` in upright pixels; null is the whole picture. One view per entry, in order. */
  'image.views': {
    params: { readonly path: string; readonly name: string; readonly rects: readonly (Rect | null)[]; readonly side: number };
    result: readonly ImageView[];
  };
  /** The text in a picture by optical character recognition, its tables and where its words stand, in pixels; empty when there is none. Cancellable. */
  'image.text': {
    params: { readonly path: string; readonly name: string } & Recognizing;
    result: {
      readonly text: string;
      readonly characters: number;
      readonly tables: readonly PageTable[];
      readonly words: readonly PageWord[];
    };
  };
  /** An encoded picture for people, longest side at most `side`. */
  'image.preview': {
    params: { readonly path: string; readonly name: string; readonly side: number };
    result: { readonly mime: string; readonly bytes: Uint8Array };
  };
  /** Reads every page; progress by `document.progressed`. Cancellable between pages. */
  'document.read': {
    params: { readonly path: string; readonly name: string; readonly readId: string; readonly password: string | null } & Recognizing;
    result: ReadDocument;
  };
  /** Where the words of a page of a PDF or a TIFF stand. Rejects with passwordRequired, fileUnreadable, invalidRequest for a page that is not there. Cancellable. */
  'document.words': { params: PageWordsRequest & Recognizing; result: PageWords };
  /** One page of a PDF by its own text or by OCR; `failed` where that finds none. Rejects as `document.words`. Cancellable. */
  'document.readPage': { params: PageRequest & Recognizing & { readonly by: PageWish }; result: ReadPage };
  /** A page of a PDF or a TIFF as an encoded picture, `width` pixels wide. Rejects as `document.words`. */
  'document.page': {
    params: PageRequest & { readonly width: number };
    result: { readonly mime: string; readonly bytes: Uint8Array; readonly width: number; readonly height: number };
  };
  /**
   * A page of a PDF or a TIFF as a PNG file, to be looked at as a picture: a TIFF's in its own pixels, a PDF's drawn with 300 dots per inch or as many
   * as `viewSide` allows. Rejects as `document.words`; invalidRequest for other files.
   */
  'document.pagePng': { params: PageRequest; result: { readonly png: Uint8Array } };
  /** Whether text can be recognised in these languages. Rejects with fileUnreadable when their data are no good. */
  'ocr.check': { params: { readonly name: string; readonly languages: readonly OcrLanguageFile[] }; result: object };
  /** Draws a page of the reading test, `facet eval reading`. */
  'readingTest.page': { params: TestPageRequest; result: TestPage };
  /** Checks a GGUF before the addon sees it. Resolves with `ok: false` for a bad file; rejects only when it cannot be opened. */
  'gguf.check': { params: { readonly path: string }; result: ModelCheck };
};

// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type ReaderEvents = {
  /** `read`: the page itself, where pages are read in order and can be used before the rest; null for other formats. */
  'document.progressed': { readonly readId: string; readonly page: number; readonly pages: number; readonly read: ReadPage | null };
};
