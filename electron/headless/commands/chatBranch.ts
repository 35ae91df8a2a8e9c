import type { Conversation, Message } from '../../shared/conversations.ts';

/** The messages of the branch that is shown, first to last. */
export function branchOf({ messages, headId }: Pick<Conversation, 'messages' | 'headId'>): readonly Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: Message[] = [];
  for (let message = headId === null ? undefined : byId.get(headId); message !== undefined; message = byId.get(message.parentId ?? '')) {
    branch.unshift(message);
  }
  return branch;
}
