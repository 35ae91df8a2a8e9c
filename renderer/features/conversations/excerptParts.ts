import type { SearchHit } from '../../../electron/shared/conversations.ts';

export interface ExcerptPart {
  readonly text: string;
  readonly hit: boolean;
}

/** An excerpt cut at its matches. Overlapping or misplaced matches never repeat or lose text. */
export function excerptParts({ excerpt, matches }: Pick<SearchHit, 'excerpt' | 'matches'>): readonly ExcerptPart[] {
  const parts: ExcerptPart[] = [];
  let position = 0;
  const push = (end: number, hit: boolean): void => {
    if (end > position) parts.push({ text: excerpt.slice(position, end), hit });
    position = Math.max(position, end);
  };
  for (const { start, length } of matches.toSorted((a, b) => a.start - b.start)) {
    push(Math.min(start, excerpt.length), false);
    push(Math.min(start + length, excerpt.length), true);
  }
  push(excerpt.length, false);
  return parts;
}
