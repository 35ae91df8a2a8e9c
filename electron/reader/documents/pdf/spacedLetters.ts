import type { PlacedRun } from './placedRuns.ts';

/** Single letters that a program set apart are a word from this many on; fewer are one only in a line with such a word. */
const leastLetters = 4;
/** Letters set apart are no farther from one another than this many font heights. */
const letterGap = 2.5;
/** And no nearer than this many: letters of a formula touch. */
const leastGap = 0.1;
/** A gap of this many times the usual one in the word is one between words. */
const wordGap = 1.5;

/** Runs whose words are set in s p a c e d letters, with their letters together. */
export function closeSpacedLetters(runs: readonly PlacedRun[]): readonly PlacedRun[] {
  const inside = runs.map((run) => (spacedPart.test(run.text) ? { ...run, text: closeWithin(run.text) } : run));
  if (!inside.some(({ text }) => isLetters(text))) return inside;
  const lines = linesOf(inside).map((line) => joinSingles(line, inside));
  const isSpaced = (line: readonly PlacedRun[]): boolean => line.some(({ text }) => isSpacedWord(text));
  if (!lines.some(isSpaced)) return inside;
  return lines.flatMap((line) => {
    if (!isSpaced(line)) return line;
    return line.map((run) => (isLetters(run.text) ? { ...run, text: closed(run.text) } : run));
  });
}

/** Single letters, digits and marks with spaces between them, as a part of a longer text: an old OCR spaces words so. */
const spacedParts = /(?<!\S)(?:[\p{L}\d\p{P}] ){3,}[\p{L}\d\p{P}](?!\S)/gu;
const spacedPart = new RegExp(spacedParts.source, 'u');

function closeWithin(text: string): string {
  // One that is a whole run waits for the others of its line.
  if (isLetters(text)) return text;
  return text.replaceAll(spacedParts, (part) => (isSpacedWord(part.replaceAll(/ ?\p{P}/gu, '').trim()) ? closed(part) : part));
}

/** Single letters with spaces between; a number may be among them. */
function isLetters(text: string): boolean {
  return /^[\p{L}\d](?: [\p{L}\d])*$/u.test(text);
}

/** Letters that make a word, and not a row of names: days, months, columns, notes. */
function isSpacedWord(text: string): boolean {
  if (!isLetters(text)) return false;
  if (eastAsian.test(text)) return text.length >= 2 * leastLetters - 1;
  const letters = text.replaceAll(/[ \d]/g, '').normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  if (letters.length < leastLetters || /^jfmamjjasond$|^[a-g]+$|^[ivxlcdm]+$/.test(letters)) return false;
  const steps = Array.from(letters)
    .slice(1)
    .map((letter, index) => letter.charCodeAt(0) - letters.charCodeAt(index));
  return !steps.every((step) => step === 1) && vowels.test(letters) && Array.from(letters).some((letter) => !vowels.test(letter));
}

/** Written without spaces. */
const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\d ]+$/u;
const vowels = /[aeiouyаеиоуыэюяαειουηω]/;

/** Letters together, and digits; a capital after a small letter begins another word. */
function closed(text: string): string {
  return text
    .replaceAll(
      /(?<=\p{L}) (?=\p{L})|(?<=\d) (?=\d)| (?=[,.;:!?)\]’'、。，；：！？）」』】-])|(?<=[([‘’'（「『【、。，；：！？）」』】-]) /gu,
      '',
    )
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
}

function linesOf(runs: readonly PlacedRun[]): readonly (readonly PlacedRun[])[] {
  const lines = new Map<string, PlacedRun[]>();
  for (const run of runs) {
    const key = `${String(run.turn)} ${String(run.size)} ${String(run.baseline)}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [run]);
    else line.push(run);
  }
  return [...lines.values()];
}

/** Letters of a line that are a run each, as one run for each word. */
function joinSingles(line: readonly PlacedRun[], all: readonly PlacedRun[]): readonly PlacedRun[] {
  const isSingle = ({ text, rightToLeft }: PlacedRun): boolean => /^\p{L}$/u.test(text) && !rightToLeft;
  if (line.filter(isSingle).length < leastLetters) return line;
  const result: PlacedRun[] = [];
  let letters: PlacedRun[] = [];
  const flush = (): void => {
    result.push(...wordsOf(letters));
    letters = [];
  };
  for (const run of line.toSorted((a, b) => a.left - b.left)) {
    const last = letters.at(-1);
    if (!isSingle(run) || (last !== undefined && (run.left - last.right > letterGap * run.size || liesBetween(all, last, run)))) flush();
    if (isSingle(run)) letters.push(run);
    else result.push(run);
  }
  flush();
  return result;
}

/** An index or another part of a formula. */
function liesBetween(all: readonly PlacedRun[], before: PlacedRun, after: PlacedRun): boolean {
  return all.some(
    (run) =>
      run !== before &&
      run !== after &&
      run.turn === after.turn &&
      Math.abs(run.baseline - after.baseline) < after.size &&
      run.left < after.left &&
      run.right > before.right,
  );
}

function wordsOf(letters: readonly PlacedRun[]): readonly PlacedRun[] {
  const gaps = letters.slice(1).map(({ left }, index) => left - (letters[index]?.right ?? left));
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0;
  if (letters.length < leastLetters || usual < leastGap * (letters[0]?.size ?? 0)) return letters;
  const words: PlacedRun[] = [];
  for (const [index, letter] of letters.entries()) {
    const last = words.at(-1);
    if (last === undefined || (gaps[index - 1] ?? 0) > wordGap * usual) words.push(letter);
    else words[words.length - 1] = { ...last, text: `${last.text} ${letter.text}`, right: letter.right };
  }
  return words.some(({ text }) => isSpacedWord(text)) ? words : letters;
}
