/** A way on when a question does not fit: each makes it fit, as far as can be told before it is done. */
export type FitChoice =
  /** A context of this many tokens, for which there is memory. Bytes of all that the model then takes, and how much more that is than now. */
  | { readonly kind: 'largerContext'; readonly contextTokens: number; readonly totalBytes: number; readonly moreBytes: number }
  /** A summary in place of the turns before the question, which take this many tokens. */
  | { readonly kind: 'compactHistory'; readonly conversationId: string; readonly tokens: number }
  /** Only the parts of the documents that fit the question. */
  | { readonly kind: 'readRelevant' }
  /** The question without one of its files, which takes this many tokens. */
  | { readonly kind: 'dropAttachment'; readonly attachmentId: string; readonly file: string; readonly tokens: number };
