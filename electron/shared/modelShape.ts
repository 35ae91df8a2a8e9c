/** What of a Gemma 3 text model decides its memory and its speed. */
export interface TextModelShape {
  readonly layers: number;
  /** Layers that attend to the whole context; the others see `window` tokens. */
  readonly globalLayers: number;
  /** Width of the residual stream. */
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly keyHeads: number;
  readonly headWidth: number;
  /** Tokens a local layer sees; 0 when every layer is global. */
  readonly window: number;
  readonly contextLimit: number;
  /** Rows of the embedding, which is the output head too. */
  readonly vocabulary: number;
}

/** What of the image encoder decides its memory. */
export interface VisionShape {
  /** Patches a picture is cut into. */
  readonly patches: number;
  readonly width: number;
  readonly feedForward: number;
}
