/** A language that OCR can read in. */
export interface OcrLanguage {
  /** As Tesseract names it: `eng`, `fra`, `chi_sim`. */
  readonly code: string;
  /** In English. */
  readonly name: string;
  readonly state: 'builtIn' | 'installed' | 'available';
  /** Of the download, while it is available. */
  readonly downloadBytes: number;
}

/** A language that is being fetched. */
export interface OcrProgress {
  readonly code: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

/** What comes with Facet, and what is used where nothing is chosen. */
export const builtInOcrLanguage = 'eng';
/** Languages that are used together at most: each takes time on every page. */
export const mostOcrLanguages = 4;
/** A code as Tesseract writes it. */
export const ocrLanguagePattern = /^[a-z]{3}(?:_[a-z]{3,5}){0,2}$/;

const variants: Readonly<Record<string, string>> = { chi_sim: 'Chinese (simplified)', chi_tra: 'Chinese (traditional)' };

/** `fra` as French; a code that nobody knows as itself. */
export function ocrLanguageName(code: string): string {
  const [base = code, variant] = code.split('_');
  const known = variants[code];
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(base) ?? base;
  return variant === undefined ? name : `${name} (${variant})`;
}

/** `English and French`. */
export function ocrLanguageNames(codes: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(codes.map(ocrLanguageName));
}
