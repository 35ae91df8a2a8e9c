import { assertNever } from '../../shared/assertNever.ts';
import type { PromptProfile } from '../../shared/models.ts';
import type { ContextSegments, Prompt, PromptPiece } from './segments.ts';
import { transcriptPrompt } from './transcriptPrompt.ts';
import { turnsPrompt } from './turnsPrompt.ts';

/** Writes the segments in the form the checkpoint was trained on. */
export function writePrompt(segments: ContextSegments, profile: PromptProfile): Prompt {
  switch (profile) {
    case 'turns':
      return turnsPrompt(segments);
    case 'transcript':
      return transcriptPrompt(segments);
    default:
      return assertNever(profile, 'prompt profile');
  }
}

/** The prompt as the model reads it, with the `<bos>` of the tokeniser, soft tokens of images left out. */
export function promptText(pieces: readonly PromptPiece[]): string {
  return `<bos>${pieces.map(textOf).join('')}`;
}

function textOf({ part, spells }: PromptPiece): string {
  switch (part.kind) {
    case 'control':
    case 'text':
      return part.text;
    case 'tokens':
      return spells ?? '';
    case 'image':
      return '';
    default:
      return assertNever(part, 'prompt part');
  }
}
