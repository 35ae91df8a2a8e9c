/** Says which pages of a document are there: "pages 1–40 of 500". */
export function firstPagesWords(ready: number, total: number): string {
  return `${ready === 1 ? 'page 1' : `pages 1–${String(ready)}`} of ${String(total)}`;
}
