/** The name that was probably meant; null when none is near. A longer word may have more slips in it. */
export function closest(word: string, names: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const begun = names.find((name) => wanted.length >= 3 && name.startsWith(wanted.slice(0, 3)));
  const near = names
    .map((name) => ({ name, slips: slips(wanted, name) }))
    .filter(({ name, slips: count }) => count <= Math.floor(Math.max(wanted.length, name.length) / 3))
    .toSorted((a, b) => a.slips - b.slips)[0];
  return near?.name ?? begun ?? null;
}

/** Letters to put in, take out, change or swap with the next one, to make one word of the other. */
function slips(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const changed = (last[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped =
        from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1] ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity;
      current.push(Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, changed, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
