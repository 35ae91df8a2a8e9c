import type { OcrLanguageFile } from '../../reader/readerContract.ts';
import { builtInOcrLanguage } from '../../shared/ocr.ts';

/** In which languages text is recognised, for whoever asks the reader for it. */
export interface OcrReading {
  /** Codes; never empty. */
  chosen(): readonly string[];
  /** The data files of languages; what is not here is left out; English when nothing is left. */
  files(codes: readonly string[]): readonly OcrLanguageFile[];
}

/** What is built in, alone. */
export const englishReading: OcrReading = {
  chosen: () => [builtInOcrLanguage],
  files: () => [{ code: builtInOcrLanguage, path: null }],
};

/** What a page keeps of the languages that it was recognised in: nothing for what is built in, alone. */
export function keptLanguages(codes: readonly string[]): { readonly languages?: readonly string[] } {
  return codes.length === 1 && codes[0] === builtInOcrLanguage ? {} : { languages: codes };
}
