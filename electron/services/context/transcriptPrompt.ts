import { documentBody } from './documentText.ts';
import { control, exact, imagePieces, mergeTurns, plain, trimEnd, trimText } from './pieces.ts';
import type { ContextSegments, DocumentSegment, ModelTurn, Prompt, PromptPiece, UserTurn } from './segments.ts';

/** A pretrained checkpoint goes on with the next question by itself; its answer ends before it. */
const stopTexts = ['\nUser:', '\nAssistant:', '\nQuestion:', '\nAnswer:', '\nDocument:', '\n[Page '];

/**
 * A transcript for pretrained checkpoints, which know no turns. It is `User:`/`Assistant:`, and from the first document on
 * `Document: … Question: … Answer:`.
 */
export function transcriptPrompt({ system, turns }: ContextSegments): Prompt {
  const merged = mergeTurns(turns);
  const pieces: PromptPiece[] = system === '' ? [] : [plain(`${system}\n\n`, { kind: 'system' })];
  let withDocuments = false;
  for (const [index, turn] of merged.entries()) {
    if (Array.isArray(turn)) {
      const questions = turn as readonly UserTurn[];
      withDocuments ||= questions.some(({ documents }) => documents.length > 0);
      pieces.push(...questionPieces(questions, withDocuments, index > 0));
    } else pieces.push(answerPiece(turn as ModelTurn, index === merged.length - 1));
  }
  return { pieces, stopTexts };
}

function questionPieces(turns: readonly UserTurn[], withDocuments: boolean, follows: boolean): readonly PromptPiece[] {
  const [asks, answers] = withDocuments ? ['Question', 'Answer'] : ['User', 'Assistant'];
  const before = turns.flatMap((turn) => [
    ...turn.documents
      .filter(hasText)
      .map((document) => plain(`Document: ${documentBody(document)}\n\n`, { kind: 'document', attachmentId: document.attachmentId })),
    ...turn.images.flatMap(imagePieces),
  ]);
  const text = turns.map((turn) => trimText(turn.text)).filter((line) => line !== '');
  // The label and the text are one piece: a space and the word after it are one token.
  return [...(follows ? [control('\n')] : []), ...before, plain(`${asks}: ${text.join('\n\n')}\n${answers}:`)];
}

/** A checkpoint that goes on with whatever it reads is not told of a text that is not there. */
function hasText({ pages }: DocumentSegment): boolean {
  return pages.length > 0;
}

/** By its exact ids, which begin with the space after the label; that space is written where there are none. */
function answerPiece({ rawText, ids }: ModelTurn, open: boolean): PromptPiece {
  if (ids !== null) return exact(ids, rawText);
  return plain(` ${open ? trimEnd(trimText(rawText)) : trimText(rawText)}`);
}
