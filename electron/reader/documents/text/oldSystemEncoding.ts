import { decodeBytes } from './decodeBytes.ts';

/** Encodings of Western languages that DOS and old Macintosh systems used; where two fit alike, the first is taken. */
const candidates = ['ibm850', 'ibm437', 'macintosh'] as const;

/** Of the letters and marks that are not ASCII, this share stands where it makes sense. */
const fits = 0.85;
/** And it is this much more than in Windows-1252. */
const leastLead = 0.25;
/** Western languages write most letters in ASCII. */
const mostHighShare = 0.3;

const lowerCase = /[àáâãäåæçèéêëìíîïñòóôõöøùúûüœ]/;
const wordsOfOneLetter = /[àáâãåæèéêíòóöøúÀÅÉÈÖØ]/;
const upperCase = /[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ]/;
const letter = /\p{L}/u;
const boxDrawing = /[\u2500-\u259f]/;
const marks = /[“”„‘’‚«»‹›–—…•·¶¦¿¡£€¢¥§©®™°±½¼¾×÷µºª†]/;

/**
 * The encoding of a Western text from DOS or an old Macintosh: where the letters that it makes stand in words, and those of Windows-1252 do not.
 * Null for any other text.
 */
export function oldSystemEncoding(bytes: Uint8Array): (typeof candidates)[number] | null {
  let high = 0;
  let ascii = 0;
  for (const byte of bytes) {
    if (byte >= 0x80) high += 1;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) ascii += 1;
  }
  const windows = sense(decodeBytes(bytes, 'windows-1252'));
  if (windows >= fits) return null;
  let best: { readonly encoding: (typeof candidates)[number]; readonly share: number } | null = null;
  for (const encoding of candidates) {
    const text = decodeBytes(bytes, encoding);
    // Lines and frames are no letters, and there may be many.
    const drawn = encoding === 'macintosh' ? 0 : Array.from(text).filter((character) => boxDrawing.test(character)).length;
    if (high - drawn > mostHighShare * (ascii + high - drawn)) continue;
    const share = sense(text);
    if (share > (best?.share ?? 0)) best = { encoding, share };
  }
  return best !== null && best.share >= fits && best.share >= windows + leastLead ? best.encoding : null;
}

/** The share of the characters beyond ASCII that stand where such a character makes sense; 0 for a text without any. */
function sense(text: string): number {
  let all = 0;
  let good = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character <= '\u007f' || character === '\u00a0') continue;
    all += 1;
    if (makesSense(character, text.charAt(index - 1), text.charAt(index + 1))) good += 1;
  }
  return all === 0 ? 0 : good / all;
}

function makesSense(character: string, before: string, after: string): boolean {
  const inWord = [letter.test(before), letter.test(after)];
  if (boxDrawing.test(character)) return !inWord.every(Boolean) && isInFrame(character, before) && isInFrame(character, after);
  if (character === '’') return inWord[0] === true || inWord[1] === true || before !== '';
  if (/[²³¹]/.test(character)) return /[\p{L}\d]/u.test(before) && !(inWord[0] === true && inWord[1] === true);
  if (marks.test(character)) return !inWord.every(Boolean);
  if (!inWord.some(Boolean)) return wordsOfOneLetter.test(character);
  if (character === 'ß') return /\p{Ll}/u.test(before);
  if (lowerCase.test(character)) return !/[A-Z]/.test(after) && (before === '' || !/[A-Z]/.test(before) || /\p{Ll}/u.test(after));
  if (!upperCase.test(character)) return false;
  // Capitals stand at the beginning of a word or in one of capitals; three of a kind are a line that DOS drew.
  return !/\p{Ll}/u.test(before) && !(inWord[0] === true && /\p{Ll}/u.test(after)) && !(before === character && after === character);
}

/** A piece of a frame stands beside ASCII, its like, or the horizontal lines that frames are made of. */
function isInFrame(character: string, beside: string): boolean {
  return (
    beside <= '\u007f' || beside === character || beside === '─' || beside === '═' || (/[─═]/.test(character) && boxDrawing.test(beside))
  );
}
