/** Fewer pieces of text than this are an accident. */
const leastPieces = 3;
/** This many pieces may be smaller than what is called the smallest type: dots and dashes among them. */
const strayPieces = 5;

/**
 * Size of the smallest type that a picture has a line or more of, in its pixels; null without text. Letters without ascenders look smaller than their
 * type, so it is the middle of all pieces up to one and a half times the smallest.
 * @param textHeights ascending, as in an ink profile
 */
export function smallestType(textHeights: readonly number[]): number | null {
  if (textHeights.length < leastPieces) return null;
  const smallest = textHeights[Math.min(strayPieces, textHeights.length - 1)] ?? 0;
  const alike = textHeights.filter((height) => height <= 1.5 * smallest);
  return alike[Math.floor(alike.length / 2)] ?? null;
}
