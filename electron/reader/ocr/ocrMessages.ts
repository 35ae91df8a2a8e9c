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
}
