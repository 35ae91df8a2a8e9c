import type { Rect } from './attachments.ts';

/** A heading in the text of a page. */
export interface Heading {
  /** 1 is the highest, 6 the lowest. */
  readonly level: number;
  readonly text: string;
  /** Where its line begins in the page's text, in UTF-16 units. */
  readonly offset: number;
}

/** One page of a document as text. The same content read by the same version of the reader always gives the same text. */
export interface PageText {
  /** Counted from 1. A page of a PDF or DOCX, a sheet, a slide, a chapter or a message. */
  readonly page: number;
  /** Headings stand as Markdown headings, tables as Markdown tables. */
  readonly text: string;
  /** In the order of the text. */
  readonly headings: readonly Heading[];
}

/** What the file says that a cell is. */
export type CellType = 'empty' | 'text' | 'number' | 'date' | 'boolean';

export interface TableCell {
  readonly type: CellType;
  /** As the document shows it, on one line; a spreadsheet's number format is applied. */
  readonly text: string;
  /**
   * Number and boolean cells of a spreadsheet as such; dates as ISO 8601 (`2026-03-01`, `2026-03-01T09:30:00`, `09:30:00`); text as it is; null for an
   * empty cell. Cells of other documents and of CSV have no type of their own: they are text, and who computes with them decides what they mean.
   */
  readonly value: string | number | boolean | null;
  /** Read from a picture, and perhaps wrongly. */
  readonly doubtful?: boolean;
}

/** A table of a document, with its rows and columns as the document numbers them. */
export interface DocumentTable {
  /** The page that it stands on, counted from 1. */
  readonly page: number;
  /** The sheet's name, the table's caption, or empty. */
  readonly name: string;
  /** Where its Markdown table stands in the page's text, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** True for spreadsheets: `cellAddress` of its numbers is the cell's address. */
  readonly addressed: boolean;
  /** The number of each row, ascending from 1; in a spreadsheet, empty rows are left out and their numbers with them. */
  readonly rowNumbers: readonly number[];
  /** The number of each column, likewise. */
  readonly columnNumbers: readonly number[];
  /** Row by row, as many cells each as there are columns. The first row is the header where the document has one. */
  readonly rows: readonly (readonly TableCell[])[];
}

/** A spreadsheet's name of a cell, `B7`; both numbers count from 1. */
export function cellAddress(row: number, column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${String(row)}`;
}

/** A word where it stands on its page, in the page's unit. A word divided at the end of a line is two. */
export interface PageWord extends Rect {
  readonly text: string;
  /** Where it stands in the page's text, in UTF-16 units; `end` is exclusive, and equals `start` for a word that the text does not have. */
  readonly start: number;
  readonly end: number;
}

/** Where the words of a page stand, in the order of the page's text. */
export interface PageWords {
  /** Size of the upright page: points (1/72 inch) in a PDF. x and y of words count from the top left, y downwards. */
  readonly width: number;
  readonly height: number;
  /** Empty for a page without text. */
  readonly words: readonly PageWord[];
}

/** A page as it looks. */
export interface PagePicture {
  readonly mime: string;
  readonly base64: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}
