/** Up to this many characters the growing block is parsed at every change. */
const freeLength = 2048;
/** Beyond it, only after it has grown by this part of itself: the sum of all parses then stays in proportion to its length. */
const growth = 1 / 8;

/**
 * How much of the growing block to parse now; the rest is shown as plain text until the next time.
 * @param parsed what was parsed last, 0 for a new block
 * @param length characters there are now
 */
export function lengthToParse(parsed: number, length: number): number {
  if (length <= freeLength || parsed === 0 || parsed > length) return length;
  return length - parsed >= parsed * growth ? length : parsed;
}

/** The pace of one growing block: takes its length, gives how much of it to parse. The same length twice gives the same. */
export function createTailPace(): (length: number) => number {
  let parsed = 0;
  return (length) => (parsed = lengthToParse(parsed, length));
}
