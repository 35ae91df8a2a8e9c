import { delimitedDocument } from './documentText.ts';
import { control, exact, imagePieces, mergeTurns, plain, trimStart, trimText } from './pieces.ts';
import type { ContextSegments, ModelTurn, Prompt, PromptPiece, UserTurn } from './segments.ts';

/** Quotations are checked by code, so that an answer can be proved; what a document does not say shall be said so. */
const quoting =
  'Answer from the text above. Prove it by quoting its exact words between “ and ”. If the text does not say it, answer: Not in the document.\n\n';

/**
 * The exact Gemma 3 chat format. The tokeniser puts the one `<bos>` in front, so it is not written here. System text goes before the first
 * question; documents stand first in the turn they came with, then pictures, then the question.
 */
export function turnsPrompt({ system, turns }: ContextSegments): Prompt {
  const merged = mergeTurns(turns);
  const pieces: PromptPiece[] = [];
  for (const [index, turn] of merged.entries()) {
    const last = index === merged.length - 1;
    if (isUser(turn)) {
      pieces.push(control('<start_of_turn>user\n'));
      if (index === 0 && system !== '') pieces.push(plain(system, { kind: 'system' }), control('\n\n', { kind: 'system' }));
      pieces.push(...userPieces(turn), control('<end_of_turn>\n'));
      if (last) pieces.push(control('<start_of_turn>model\n'));
    } else {
      pieces.push(control('<start_of_turn>model\n'), ...modelPieces(turn, last));
      if (!last) pieces.push(control('<end_of_turn>\n'));
    }
  }
  return { pieces, stopTexts: [] };
}

function userPieces(turns: readonly UserTurn[]): readonly PromptPiece[] {
  return turns.flatMap((turn, index) => [
    ...(index === 0 ? [] : [control('\n\n')]),
    ...turn.documents.map((document) => plain(delimitedDocument(document), { kind: 'document', attachmentId: document.attachmentId })),
    ...(turn.documents.length > 0 ? [plain(quoting)] : []),
    ...turn.images.flatMap(imagePieces),
    ...(trimText(turn.text) === '' ? [] : [plain(trimText(turn.text))]),
  ]);
}

/** Trimmed as the template does, unless it goes on; by its exact ids where they spell just that. */
function modelPieces({ rawText, ids }: ModelTurn, open: boolean): readonly PromptPiece[] {
  const wanted = open ? trimStart(rawText) : trimText(rawText);
  if (ids !== null && (open || wanted === rawText)) return [exact(ids, rawText)];
  return [plain(wanted)];
}

function isUser(turn: readonly UserTurn[] | ModelTurn): turn is readonly UserTurn[] {
  return Array.isArray(turn);
}
