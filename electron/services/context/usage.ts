import { assertNever } from '../../shared/assertNever.ts';
import type { ContextUsage } from '../../shared/generation.ts';
import type { PromptPiece } from './segments.ts';

/** The newline run and the start marker of a picture's first view, which count for whatever stands before them when that is ours too. */
const joinedImageTokens = 2;

/** Tokens of a prompt by what they are for. */
export interface PromptUsage {
  readonly total: number;
  readonly system: number;
  readonly conversation: number;
  /** By attachment id. */
  readonly documents: ReadonlyMap<string, number>;
  readonly images: ReadonlyMap<string, number>;
}

/** Adds up the tokeniser's counts, one for each piece. */
export function measureUsage(pieces: readonly PromptPiece[], counts: readonly number[], total: number): PromptUsage {
  const documents = new Map<string, number>();
  const images = new Map<string, number>();
  let system = 0;
  let conversation = 0;
  for (const [index, { owner, part }] of pieces.entries()) {
    const tokens = counts[index] ?? 0;
    switch (owner.kind) {
      case 'system':
        system += tokens;
        break;
      case 'conversation':
        conversation += tokens;
        break;
      case 'document':
        documents.set(owner.attachmentId, (documents.get(owner.attachmentId) ?? 0) + tokens);
        break;
      case 'image': {
        const joined = part.kind === 'control' && tokens === 0 && pieces[index - 1]?.owner.kind !== 'image';
        const own = joined ? joinedImageTokens : tokens;
        images.set(owner.attachmentId, (images.get(owner.attachmentId) ?? 0) + own);
        if (joined) conversation -= joinedImageTokens;
        break;
      }
      default:
        assertNever(owner, 'piece owner');
    }
  }
  // What no piece gave (the `<bos>`) belongs to the conversation, so that the parts add up to the whole.
  conversation += total - (system + conversation + sum(documents) + sum(images));
  return { total, system, conversation, documents, images };
}

export interface Room {
  /** Size of the context in tokens. */
  readonly contextTokens: number;
  /** The model's own limit. */
  readonly contextLimit: number;
  /** Kept free for the answer. */
  readonly answerRoom: number;
}

/** The part of the context that is kept free for an answer of at most `maxTokens`: never more than a quarter of it. */
export function answerRoom(maxTokens: number, contextTokens: number): number {
  return Math.min(maxTokens, Math.floor(contextTokens / 4));
}

export function contextUsage(usage: PromptUsage, room: Room): ContextUsage {
  return {
    system: usage.system,
    documents: sum(usage.documents),
    images: sum(usage.images),
    conversation: usage.conversation,
    answerRoom: room.answerRoom,
    available: room.contextTokens,
  };
}

/** Tokens of the prompt and of the room for its answer. */
export function tokensNeeded(usage: PromptUsage, room: Room): number {
  return usage.total + room.answerRoom;
}

function sum(tokens: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const value of tokens.values()) total += value;
  return total;
}
