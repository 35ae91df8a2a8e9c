import type { Rect } from '../../shared/attachments.ts';
import type { OcrLanguageFile } from '../readerContract.ts';

/** What the recogniser's thread is started with. */
export interface OcrWorkerData {
  readonly languages: readonly OcrLanguageFile[];
}

/** A word where it was recognised. */
export interface RecognizedWord extends Rect {
  readonly text: string;
  /** 0..100 */
  readonly confidence: number;
}

/** A picture for the recogniser, one byte a pixel. */
export interface OcrRequest {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

export interface OcrReply {
  /** As recognised, line by line. */
  readonly text: string;
  /** Mean over the words, 0..100. */
  readonly confidence: number;
  /** In the order of the text, in pixels of the picture. */
  readonly words: readonly RecognizedWord[];
}
