/** How little the first places differ from the next ones: the constant of reciprocal rank fusion in Cormack et al., SIGIR 2009. */
const smoothing = 60;

/** What was found in one way, best first. */
export interface Ranked<T> {
  readonly key: string;
  readonly item: T;
}

/**
 * One ranking out of two by the sum of 1 / (60 + place), best first, with that sum. What has no meaning (`isMeant` false: no vectors, or none that are
 * trusted) counts as if its meaning agreed with its words, so that it stands where words alone would put it.
 */
export function fuseRanks<T>(
  byWords: readonly Ranked<T>[],
  byMeaning: readonly Ranked<T>[],
  isMeant: (item: T) => boolean,
): readonly { readonly item: T; readonly score: number }[] {
  const scores = new Map<string, { readonly item: T; score: number }>();
  const add = ({ key, item }: Ranked<T>, score: number): void => {
    const known = scores.get(key);
    if (known === undefined) scores.set(key, { item, score });
    else known.score += score;
  };
  for (const [place, one] of byWords.entries()) add(one, (isMeant(one.item) ? 1 : 2) / (smoothing + place + 1));
  for (const [place, one] of byMeaning.entries()) add(one, 1 / (smoothing + place + 1));
  // Equal sums keep the order of the words, which came first.
  return [...scores.values()].sort((a, b) => b.score - a.score);
}
