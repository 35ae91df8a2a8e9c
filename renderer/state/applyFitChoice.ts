import { assertNever } from '../../electron/shared/assertNever.ts';
import type { Conversation } from '../../electron/shared/conversations.ts';
import type { FitChoice } from '../../electron/shared/fitChoices.ts';
import type { FacetClient } from '../client/facetClient.ts';
import type { CompactActions } from './compactActions.ts';

interface Tools {
  readonly client: FacetClient;
  readonly compact: CompactActions;
  readonly conversation: Conversation;
}

/** Does what makes a refused question fit, then has it answered: in place, or beside it without the file. */
export async function applyFitChoice({ client, compact, conversation }: Tools, messageId: string, choice: FitChoice): Promise<void> {
  switch (choice.kind) {
    case 'largerContext':
      await client.request('settings.update', { patch: { contextTokens: choice.contextTokens } });
      await client.request('message.continue', { messageId });
      return;
    case 'compactHistory':
      if (await compact.compact(choice.conversationId)) await client.request('message.continue', { messageId });
      return;
    case 'readRelevant':
      await client.request('message.continue', { messageId, options: { mode: 'relevant' } });
      return;
    case 'dropAttachment': {
      const answer = conversation.messages.find(({ id }) => id === messageId);
      const question = conversation.messages.find(({ id }) => id === answer?.parentId);
      if (question === undefined) return;
      await client.request('message.edit', { messageId: question.id, text: question.text, without: [choice.attachmentId] });
      return;
    }
    default:
      assertNever(choice, 'choice');
  }
}
