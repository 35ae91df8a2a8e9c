import type { PageWord } from '../../../shared/documents.ts';
import { cleanText } from '../cleanText.ts';
import type { PlacedWord } from './pageWords.ts';

/** The text has only white space and the marks of headings and tables more than the words, so the next word is near. */
const searchedUnits = 200;

/** Where each word stands in the page's text, which was made from the same words in the same order. */
export function findWords(words: readonly PlacedWord[], text: string): readonly PageWord[] {
  let cursor = 0;
  return words.map(({ text: own, x, y, width, height }) => {
    const word = { text: own, x, y, width, height };
    const near = text.slice(cursor, cursor + searchedUnits + word.text.length);
    for (const spelling of spellings(word.text)) {
      const found = near.indexOf(spelling);
      if (found < 0) continue;
      const start = cursor + found;
      cursor = start + spelling.length;
      return { ...word, start, end: cursor };
    }
    return { ...word, start: cursor, end: cursor };
  });
}

/** As it stands, as it is written in a Markdown table, and without the hyphen that was mended. */
function spellings(raw: string): readonly string[] {
  const { text } = cleanText(raw);
  return [text, text.replaceAll('|', '\\|'), text.replace(/[-\u2010\u00ad]$/, '')].filter((spelling) => spelling !== '');
}
