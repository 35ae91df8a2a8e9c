/** DocVQA's threshold: an answer that is this far from the true one, or further, counts nothing. */
const threshold = 0.5;

/**
 * Average normalised Levenshtein similarity of one answer, 0..1, as DocVQA computes it (Biten et al., "Scene Text Visual Question Answering", 2019):
 * 1 minus the edit distance over the longer length, 0 where that share is 0.5 or more. Case and white space at the ends do not count.
 */
export function anls(answer: string, truth: string): number {
  const given = plain(answer);
  const wanted = plain(truth);
  const longer = Math.max(given.length, wanted.length);
  if (longer === 0) return 1;
  const distance = editDistance(given, wanted) / longer;
  return distance < threshold ? 1 - distance : 0;
}

/** Whether the answer is the true one, but for case and white space at the ends. */
export function isExact(answer: string, truth: string): boolean {
  return plain(answer) === plain(truth);
}

function plain(text: string): string {
  return text.trim().toLowerCase().split(/\s+/).join(' ');
}

/** Insertions, deletions and replacements that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
