import type { NpmFile } from '../packages/fetchNpmFile.ts';

/** A language of OCR that can be fetched; any other comes from a file of Tesseract's (`ocr.add`). */
export interface OcrPack extends NpmFile {
  readonly code: string;
}

/** Of the same kind as what is built in: the best recognisers, with whole-number weights. */
export const ocrPacks: readonly OcrPack[] = [
  {
    code: 'fra',
    package: '@tesseract.js-data/fra',
    version: '1.0.0',
    integrity: 'sha512-pp58gMaoyidoBBLd5y5rnf0WW0Y1994QrGqZrYatITqIU/AReUJMykD+YY3JDgvnmgz7uAx1UmhjjuyEmV8JEA==',
    bytes: 6_959_264,
    member: 'package/4.0.0_best_int/fra.traineddata.gz',
    memberBytes: 707_406,
    sha256: 'd611139672b3752c7097e671e4a1d9209dfd37f2aeb081ef6487fba3351e9255',
  },
];
