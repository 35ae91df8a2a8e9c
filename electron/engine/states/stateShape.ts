/** A conversation's state as the addon hands it out, without its bytes. */
export interface StateShape {
  /** Whose conversation it is. */
  readonly owner: string;
  /** Pairs: a token's id, and the number of its picture's view, from 1 in `imageKeys`; 0 for text. */
  readonly tokens: Int32Array;
  readonly imageKeys: readonly string[];
  /** Ascending. */
  readonly checkpoints: readonly CheckpointShape[];
  readonly stateBytes: number;
}

/** The sliding window's state at an earlier place, where reading can go on without what came after. */
export interface CheckpointShape {
  /** Tokens before it. */
  readonly position: number;
  readonly bytes: number;
  /** At a place where prompts branch off, such as a document's end or a turn's start. */
  readonly atBoundary: boolean;
}

/** Tokens of the conversation. */
export function lengthOf({ tokens }: Pick<StateShape, 'tokens'>): number {
  return tokens.length / 2;
}
