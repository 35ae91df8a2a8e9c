import type { ImageSegment, ModelTurn, PieceOwner, PromptPiece, TurnSegment, UserTurn } from './segments.ts';

const conversationOwner: PieceOwner = { kind: 'conversation' };

/** Our own wording and markers. */
export function control(text: string, owner: PieceOwner = conversationOwner): PromptPiece {
  return { part: { kind: 'control', text }, owner };
}

/** Text that others wrote: it can never become a control token. */
export function plain(text: string, owner: PieceOwner = conversationOwner): PromptPiece {
  return { part: { kind: 'text', text }, owner };
}

/** The exact ids of an answer. */
export function exact(ids: readonly number[], spells: string): PromptPiece {
  return { part: { kind: 'tokens', ids }, owner: conversationOwner, spells };
}

/** White space as Python's `str.strip` sees it, which the reference chat template uses. JavaScript's `trim` differs (U+FEFF, U+001C..1F, U+0085). */
const whiteSpace = new Set(
  [
    [0x09, 0x0d],
    [0x1c, 0x20],
    [0x85, 0x85],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
  ].flatMap(([first = 0, last = 0]) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index))),
);

/** Trims as the reference chat template does. */
export function trimText(text: string): string {
  return trimEnd(trimStart(text));
}

export function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && whiteSpace.has(text.charAt(start))) start += 1;
  return text.slice(start);
}

export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && whiteSpace.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * One picture as the reference processor writes it: each view is a block between blank lines, and crops come with the two reference phrases,
 * blocks joined by one space. Its label goes first; as text of its own, so that its tokens count for this picture.
 */
export function imagePieces({ attachmentId, viewKeys, label }: ImageSegment): readonly PromptPiece[] {
  const owner: PieceOwner = { kind: 'image', attachmentId };
  const block = (key: string): readonly PromptPiece[] => [
    control('\n\n<start_of_image>', owner),
    { part: { kind: 'image', key }, owner },
    control('<end_of_image>\n\n', owner),
  ];
  const [overview, ...crops] = viewKeys;
  if (overview === undefined) return [];
  const named = (after: string): readonly PromptPiece[] => (label === undefined ? [] : [plain(`${label}${after}`, owner)]);
  if (crops.length === 0) return [...named(''), ...block(overview)];
  return [
    ...named(' '),
    control('Here is the original image ', owner),
    ...block(overview),
    control(' and here are some crops to help you see better', owner),
    ...crops.flatMap((key) => [control(' ', owner), ...block(key)]),
  ];
}

/** Questions in a row become one turn, because roles must alternate; answers without text are left out. */
export function mergeTurns(turns: readonly TurnSegment[]): readonly (readonly UserTurn[] | ModelTurn)[] {
  const merged: (UserTurn[] | ModelTurn)[] = [];
  for (const turn of turns) {
    const last = merged.at(-1);
    if (turn.role === 'model') {
      if (trimText(turn.rawText) !== '') merged.push(turn);
    } else if (Array.isArray(last)) last.push(turn);
    else merged.push([turn]);
  }
  return merged;
}
