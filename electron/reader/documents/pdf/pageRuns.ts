import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { oneLine } from '../documentWriter.ts';
import { remark } from '../remark.ts';
import { type PlacedRun, placedRuns } from './placedRuns.ts';

type PdfJs = typeof PdfJsModule;

/** All text of a page: what is drawn, what is filled into its form, and what was noted on it. */
export interface PageRuns {
  readonly runs: readonly PlacedRun[];
  /** Notes of readers, which stand nowhere in the text; a sentence each. */
  readonly notes: readonly string[];
}

/** What pdf.js tells of an annotation, as far as it is used. */
interface Annotation {
  readonly subtype?: string;
  readonly annotationFlags?: number;
  readonly rect?: readonly number[];
  readonly fieldType?: string | null;
  readonly fieldValue?: unknown;
  readonly exportValue?: unknown;
  readonly buttonValue?: unknown;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly password?: boolean;
  readonly options?: readonly { readonly exportValue: unknown; readonly displayValue: unknown }[];
  readonly defaultAppearanceData?: { readonly fontSize?: number };
  readonly contentsObj?: { readonly str?: string };
  readonly titleObj?: { readonly str?: string };
}

/** Hidden, or not to be seen on a screen (PDF 1.7, table 165). */
const unseenFlags = 0b10_0010;
const usualSize = 11;

export async function pageRuns(pdfjs: PdfJs, page: PDFPageProxy): Promise<PageRuns> {
  const drawn = placedRuns(pdfjs, page, await page.getTextContent());
  const annotations = ((await page.getAnnotations()) as readonly Annotation[]).filter(
    ({ annotationFlags = 0 }) => (annotationFlags & unseenFlags) === 0,
  );
  if (annotations.length === 0) return { runs: drawn, notes: [] };
  const viewport = page.getViewport({ scale: 1 });
  const written = annotations.flatMap((annotation) => {
    const text = textOnPage(annotation).trim();
    const [left = 0, bottom = 0, right = 0, top = 0] = annotation.rect ?? page.view;
    const [x1 = 0, y1 = 0] = viewport.convertToViewportPoint(left, bottom) as readonly number[];
    const [x2 = 0, y2 = 0] = viewport.convertToViewportPoint(right, top) as readonly number[];
    const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
    return text === '' ? [] : linesIn(text, box, annotation);
  });
  return { runs: [...drawn, ...written], notes: annotations.flatMap(noteOf) };
}

/** What an annotation shows on the page itself: the value of a field of a form, or text typed onto it. */
function textOnPage(annotation: Annotation): string {
  const { subtype, fieldType, fieldValue } = annotation;
  if (subtype === 'FreeText') return annotation.contentsObj?.str ?? '';
  if (subtype !== 'Widget' || annotation.password === true) return '';
  if (fieldType === 'Tx') return typeof fieldValue === 'string' ? fieldValue : '';
  if (fieldType === 'Ch') {
    const shown = (value: unknown): unknown => annotation.options?.find(({ exportValue }) => exportValue === value)?.displayValue ?? value;
    return (Array.isArray(fieldValue) ? fieldValue : [fieldValue])
      .map(shown)
      .filter((value) => typeof value === 'string')
      .join(', ');
  }
  if (annotation.checkBox === true) return fieldValue === annotation.exportValue && fieldValue !== 'Off' ? '☒' : '☐';
  if (annotation.radioButton === true) return fieldValue === annotation.buttonValue && fieldValue !== null ? '☒' : '☐';
  return '';
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A text's lines in a box: one in the middle of its height, several from the top. */
function linesIn(text: string, { x, y, width, height }: Box, { defaultAppearanceData }: Annotation): readonly PlacedRun[] {
  const lines = text.split(/\r\n?|\n/);
  const told = defaultAppearanceData?.fontSize ?? 0;
  const size = told > 0 ? told : Math.min(usualSize, Math.max(4, (0.75 * height) / lines.length));
  const first = lines.length === 1 ? y + (height + 0.7 * size) / 2 : y + size;
  return lines.flatMap((line, index): readonly PlacedRun[] => {
    if (line.trim() === '') return [];
    const right = x + Math.min(width, 0.5 * size * line.length);
    return [{ text: line, left: x, right, baseline: first + 1.2 * size * index, size, rightToLeft: false, turn: 0 }];
  });
}

/** A note that a reader hung on the page or on words of it. */
function noteOf({ subtype, contentsObj, titleObj }: Annotation): readonly string[] {
  const text = oneLine(contentsObj?.str ?? '');
  if (text === '' || subtype === 'FreeText' || subtype === 'Widget' || subtype === 'Link' || subtype === 'Popup') return [];
  return [remark('Note', oneLine(titleObj?.str ?? ''), text)];
}
