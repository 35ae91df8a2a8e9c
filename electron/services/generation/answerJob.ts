import type { SendOptions } from '../../shared/contract.ts';
import type { AssistantMessage } from '../../shared/conversations.ts';
import type { Receipt } from '../../shared/generation.ts';
import type { AnswerTokens } from '../conversations/answerTokenStore.ts';
import type { AnswerStart } from './answerTokens.ts';

/** One answer to write. */
export interface AnswerJob {
  readonly message: AssistantMessage;
  readonly options: SendOptions;
  /** Of a continuation: what stands already. */
  readonly start: AnswerStart;
  /** Tokens of what stands already. */
  readonly startTokens: number;
}

export interface WrittenAnswer {
  readonly receipt: Receipt;
  readonly tokens: AnswerTokens;
}
