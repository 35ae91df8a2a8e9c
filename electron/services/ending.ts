/** Longest time between the user's wish to end Facet and the end of its process, in milliseconds; the window and the terminal keep to it alike. */
export const endingMs = 5_000;

/** After how much of `ending` (milliseconds) children are killed, whatever they do: what is left is for connections before and storing after. */
export function childrenMs(ending: number = endingMs): number {
  return 0.7 * ending;
}
