/** A text made even for comparing, and where each of its characters came from. */
export interface EvenText {
  readonly text: string;
  /** For each UTF-16 unit of `text`: where its source begins in the original, and where that ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const replaced: ReadonlyMap<string, string> = new Map([
  ...Array.from('‘’‚‛“”„‟"«»‹›′″`´', (mark): [string, string] => [mark, "'"]),
  ...Array.from('‐‑‒–—―−', (dash): [string, string] => [dash, '-']),
  ['ﬀ', 'ff'],
  ['ﬁ', 'fi'],
  ['ﬂ', 'fl'],
  ['ﬃ', 'ffi'],
  ['ﬄ', 'ffl'],
  ['ﬅ', 'st'],
  ['ﬆ', 'st'],
  ['…', '...'],
]);

/** Soft hyphens and characters without width. */
const invisible = /^[\u00ad\u200b-\u200d\u2060\ufeff]$/;

/**
 * Letters in lower case and composed, ligatures spelt out, all quotation marks and all dashes alike; without white space (but between digits), hyphens
 * and dashes (but beside digits), and emphasis of Markdown. So neither line breaks nor hyphenation nor typography tell two texts apart, and no number changes.
 */
export function evenText(original: string): EvenText {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (piece: string, start: number, end: number): void => {
    starts.push(...Array.from({ length: piece.length }, () => start));
    ends.push(...Array.from({ length: piece.length }, () => end));
    text += piece;
  };
  for (const { 0: cluster, index } of original.matchAll(/\P{M}\p{M}*/gsu)) {
    const end = index + cluster.length;
    if (invisible.test(cluster)) continue;
    if (/^\s/.test(cluster)) {
      if (/\d$/.test(text) && /^\s*\d/.test(original.slice(index, index + 64))) add(' ', index, end);
      continue;
    }
    const even = replaced.get(cluster) ?? cluster.normalize('NFC').toLowerCase();
    if (even === '-' && !/\d$/.test(text) && !/^\s*\d/.test(original.slice(end, end + 64))) continue;
    if (/^[*_]$/.test(even) && !(/\d$/.test(text) && /^\d/.test(original.slice(end, end + 1)))) continue;
    add(even, index, end);
  }
  return { text, starts, ends };
}
