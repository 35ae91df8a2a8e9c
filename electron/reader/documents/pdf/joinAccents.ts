import type { PlacedRun } from './placedRuns.ts';

/** Accents that a program draws by themselves, and the same as marks of a letter. */
const marks: Readonly<Record<string, string>> = {
  '`': '\u0300',
  '\u00b4': '\u0301',
  '\u02c6': '\u0302',
  '^': '\u0302',
  '\u02dc': '\u0303',
  '~': '\u0303',
  '\u00af': '\u0304',
  '\u02d8': '\u0306',
  '\u02d9': '\u0307',
  '\u00a8': '\u0308',
  '\u02da': '\u030a',
  '\u02dd': '\u030b',
  '\u02c7': '\u030c',
  '\u00b8': '\u0327',
  '\u02db': '\u0328',
};
/** An accent lies over its letter by this many font heights at least. */
const leastOverlap = 0.15;
/** Over a capital it is raised by less than this many. */
const mostRaise = 0.4;

/** Runs in the order in which they are drawn, with the accents that old TeX draws over or under letters in the letters. */
export function joinAccents(runs: readonly PlacedRun[]): readonly PlacedRun[] {
  const joined: PlacedRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const pair = last === undefined || !overlap(last, run) ? null : (accentFirst(last, run) ?? accentLast(last, run));
    if (pair === null) joined.push(run);
    else joined.splice(-1, 1, ...pair.filter(({ text }) => text !== ''));
  }
  return joined;
}

function overlap(before: PlacedRun, after: PlacedRun): boolean {
  const size = Math.max(before.size, after.size);
  return (
    before.turn === after.turn &&
    Math.abs(before.baseline - after.baseline) < mostRaise * size &&
    after.left > before.left - size &&
    after.left < before.right - leastOverlap * size
  );
}

/** The accent ends one run, and its letter begins the next. */
function accentFirst(before: PlacedRun, after: PlacedRun): readonly PlacedRun[] | null {
  const accented = withMark(after.text.charAt(0), before.text.slice(-1));
  if (accented === null) return null;
  return [
    { ...before, text: before.text.slice(0, -1), right: Math.max(before.left, Math.min(before.right, after.left)) },
    { ...after, text: accented + after.text.slice(1) },
  ];
}

/** The letter ends one run, and its accent begins the next. */
function accentLast(before: PlacedRun, after: PlacedRun): readonly PlacedRun[] | null {
  const accented = withMark(before.text.slice(-1), after.text.charAt(0));
  if (accented === null) return null;
  return [
    { ...before, text: before.text.slice(0, -1) + accented },
    { ...after, text: after.text.slice(1), left: Math.min(after.right, Math.max(before.right, after.left)) },
  ];
}

/** The letter with the accent; null for what is no letter, no accent, or no letter of any language together. */
function withMark(letter: string, accent: string): string | null {
  const mark = marks[accent];
  if (mark === undefined || !/\p{L}/u.test(letter)) return null;
  const bare = letter === '\u0131' ? 'i' : letter === '\u0237' ? 'j' : letter;
  const accented = (bare + mark).normalize('NFC');
  return accented.length === 1 ? accented : null;
}
