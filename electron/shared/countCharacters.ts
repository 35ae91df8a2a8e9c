/** Length of a text in Unicode code points, white space included: what anyone who counts the text gets. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
