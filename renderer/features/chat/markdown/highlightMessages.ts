/** One coloured piece of a line; `style` holds CSS variables of both themes. */
export interface HighlightedToken {
  readonly text: string;
  readonly style: Readonly<Record<string, string>>;
}

export type HighlightedLine = readonly HighlightedToken[];

/** To the worker: code in groups of lines. */
export interface HighlightJob {
  readonly id: number;
  readonly groups: readonly string[];
  readonly language: string;
}

/** From the worker: the groups of a job, one by one and in order. */
export interface HighlightedGroup {
  readonly id: number;
  readonly lines: readonly HighlightedLine[];
}
