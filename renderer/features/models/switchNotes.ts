import type { ContextUsage } from '../../../electron/shared/generation.ts';
import { contextInWords } from '../../../electron/shared/modelEstimate.ts';
import type { Model } from '../../../electron/shared/models.ts';
import type { ModelSpeed } from '../../../electron/shared/speed.ts';
import { asPages } from '../context/contextWords.ts';
import { sees } from './modelFacts.ts';

/** Tokens of one view of a picture with its frame, in every released size. */
const viewTokens = 260;
/** A chat that is read in less than this needs no words. */
const leastSeconds = 2;

/** The chat on the screen, as far as another model would see it otherwise. */
export interface SwitchedChat {
  /** Names of its pictures, such as "Picture 1"; in order. */
  readonly pictures: readonly string[];
  /** Null while it was not measured. */
  readonly usage: ContextUsage | null;
}

export interface SwitchTarget {
  readonly model: Model;
  /** The context that it would be loaded with, in tokens. */
  readonly contextTokens: number;
  readonly speed: ModelSpeed | null;
}

/** What changes for a chat when another model goes on with it, one sentence each; empty when nothing does that matters. */
export function switchNotes({ pictures, usage }: SwitchedChat, { model, contextTokens, speed }: SwitchTarget): readonly string[] {
  const notes: string[] = [];
  const seeing = sees(model);
  if (pictures.length > 0 && !seeing) {
    notes.push(`${model.name} can’t see ${listed(pictures)}. It gets only the text that OCR finds there.`);
  }
  if (usage === null) return notes;
  const views = seeing ? usage.images : 0;
  const held = usage.system + usage.documents + usage.conversation + views;
  if (held > contextTokens) {
    notes.push(
      `This chat holds ${asPages(held)}, more than the ${contextInWords(contextTokens)} tokens that ${model.name} reads at once here. The next question offers ways to make it fit.`,
    );
  } else if (speed !== null && model.server === undefined) {
    const seconds = (usage.system + usage.documents + usage.conversation) / speed.prefillTokensPerSecond + lookingSeconds(views, speed);
    if (seconds >= leastSeconds)
      notes.push(`It reads this chat from the start: ${about(seconds, speed.predicted)} before the next answer begins.`);
  }
  return notes;
}

function lookingSeconds(imageTokens: number, { imageSeconds }: ModelSpeed): number {
  return Math.round(imageTokens / viewTokens) * (imageSeconds ?? 0);
}

function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function about(seconds: number, predicted: boolean): string {
  const amount = seconds < 90 ? `about ${Math.round(seconds)} seconds` : `about ${Math.round(seconds / 60)} minutes`;
  return predicted ? `${amount}, as predicted,` : amount;
}
