/** Text fit for a prompt, a database and a screen, and how many control characters were left out to make it so. */
export interface CleanText {
  readonly text: string;
  readonly removed: number;
}

/** Control characters other than tab and newline, which carry no text. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Removes control characters and soft hyphens, which are not letters of the word, and replaces halves of surrogate pairs (U+FFFD), which no UTF-8 can hold. */
export function cleanText(raw: string): CleanText {
  let removed = 0;
  const text = raw
    .toWellFormed()
    .replaceAll('\u00ad', '')
    .replace(controls, () => {
      removed += 1;
      return '';
    });
  return { text, removed };
}

/** Characters that say something: all but white space, counted as Unicode code points. A text of none is blank. */
export function countVisible(text: string): number {
  let count = 0;
  for (const character of text) if (!/\s/.test(character)) count += 1;
  return count;
}
