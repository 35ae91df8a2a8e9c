/** One thing that a part was found to hold. */
export interface ListedItem {
  /** In the model's words. */
  readonly text: string;
  /** Of the part's pages, the first whose text has it word for word; null when none has. */
  readonly page: number | null;
}

export interface PageOfPart {
  readonly page: number;
  readonly text: string;
}

const bullet = /^\s*(?:[-*•–]|\(?\d{1,4}[.)])\s+(.*)$/;
const nothing = /^\W*(?:none|no (?:items?|matches|such\b.*)(?: found)?|nothing(?: found)?|n\/a|not (?:mentioned|found|stated)\b.*)\W*$/i;

/**
 * The items of an answer that was to be a list: its lines with a list mark, or all its lines when none has one. What says that there is nothing is no item.
 * Each is looked for in the part's own text, so that an invented one is known for what it is.
 */
export function listItems(answer: string, pages: readonly PageOfPart[]): readonly ListedItem[] {
  const lines = answer.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.flatMap((line) => bullet.exec(line)?.[1] ?? []);
  const texts = (marked.length > 0 ? marked : lines)
    .map((line) => line.trim().replaceAll(/^[*_`"“]+|[*_`"”]+$/g, ''))
    .filter((line) => line !== '' && !nothing.test(line));
  const known = pages.map(({ page, text }) => ({ page, text: ` ${itemKey(text)} ` }));
  return texts.map((text) => {
    const key = itemKey(text);
    const found = key === '' ? undefined : known.find((page) => page.text.includes(` ${key} `));
    return { text, page: found?.page ?? null };
  });
}

/** What makes two items the same: their letters and digits, case and marks aside. */
export function itemKey(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}
