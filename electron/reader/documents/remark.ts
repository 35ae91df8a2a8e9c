/** What somebody remarked on a document, as a sentence of its own in the text. */
export function remark(kind: 'Comment' | 'Note', author: string, text: string): string {
  return `[${kind}${author === '' ? '' : ` by ${author}`}: ${text}]`;
}

/** Said of documents in which changes are tracked. */
export const trackedChanges = 'it has tracked changes: deleted text was left out, and added text was read';
