import type { PromptPart } from '../../engine/engineContract.ts';
import type { PageSource } from '../../shared/attachments.ts';

/** What a prompt is made of, before it is written in a profile's form. Equal segments give equal prompts, byte for byte. */
export interface ContextSegments {
  /** Empty for none. */
  readonly system: string;
  /** Roles may repeat: an answer that never came leaves two questions in a row. The last is a question, or the answer that goes on. */
  readonly turns: readonly TurnSegment[];
}

export type TurnSegment = UserTurn | ModelTurn;

export interface UserTurn {
  readonly role: 'user';
  readonly text: string;
  readonly documents: readonly DocumentSegment[];
  readonly images: readonly ImageSegment[];
}

export interface ModelTurn {
  readonly role: 'model';
  /** As produced. */
  readonly rawText: string;
  /** Exact ids of `rawText`, when the model that reads wrote it. */
  readonly ids: readonly number[] | null;
}

export interface DocumentSegment {
  readonly attachmentId: string;
  readonly name: string;
  /** Of an excerpt, a page stands once for each part of it that is given, with the heading it is under. */
  readonly pages: readonly { readonly page: number; readonly source: PageSource; readonly text: string; readonly heading?: string }[];
  /** Pages of the document of which these are excerpts; absent for a whole document. Without any page, the document is only named. */
  readonly excerptOf?: number;
  /** Pages of the document of which these are the first, the rest not being read yet; absent for a whole document. */
  readonly firstOf?: number;
}

export interface ImageSegment {
  readonly attachmentId: string;
  /** Keys of the encoded views: the whole picture, then its crops. */
  readonly viewKeys: readonly string[];
  /** Stands before it, where a conversation has several; absent for none. */
  readonly label?: string;
}

/** Which part of the context a piece counts for. */
export type PieceOwner =
  | { readonly kind: 'system' }
  | { readonly kind: 'document'; readonly attachmentId: string }
  | { readonly kind: 'image'; readonly attachmentId: string }
  | { readonly kind: 'conversation' };

/** A part of the prompt, and what it counts for. */
export interface PromptPiece {
  readonly part: PromptPart;
  readonly owner: PieceOwner;
  /** For exact ids: the text they spell. */
  readonly spells?: string;
}

/** A prompt as the engine takes it, with the texts at which its answer ends. */
export interface Prompt {
  readonly pieces: readonly PromptPiece[];
  readonly stopTexts: readonly string[];
}
