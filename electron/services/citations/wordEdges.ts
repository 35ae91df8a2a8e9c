/** Marks that belong to a word or a number when they stand between two of its characters: `1,250`, `don't`, `non-payment`, `10:30`. */
const joiners = /[-‐‑.,:/_@'’]/;
const wordCharacter = /[\p{L}\p{N}\p{M}]/u;
/** Scripts written without spaces between words: each of their characters may begin or end one. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether a place (a UTF-16 offset) lies inside a word or a number, so that a quotation that began or ended there would say something else. */
export function insideWord(text: string, at: number): boolean {
  const before = characterBefore(text, at);
  const after = characterAt(text, at);
  if (unspaced.test(before) || unspaced.test(after)) return false;
  const wordBefore = wordCharacter.test(before);
  const wordAfter = wordCharacter.test(after);
  if (wordBefore && wordAfter) return true;
  if (wordBefore && joiners.test(after)) return wordCharacter.test(characterAt(text, at + 1));
  return wordAfter && joiners.test(before) && wordCharacter.test(characterBefore(text, at - before.length));
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(text: string, at: number): string {
  const pair = text.slice(Math.max(0, at - 2), at);
  return Array.from(pair).at(-1) ?? '';
}
