import type { Conversation, Message } from '../../electron/shared/conversations.ts';

/** One message of the branch that is shown, with its place among its siblings. */
export interface BranchEntry {
  readonly message: Message;
  /** Ids of the messages that share its parent, itself included, in order of creation. */
  readonly siblings: readonly string[];
}

type Structure = readonly { readonly index: number; readonly siblings: readonly string[] }[];

/**
 * Selects the branch that ends at the head, root first. Messages are only ever added or replaced in place, so the
 * structure is found again only when their number or the head changes; a token costs one array of references.
 */
export function createBranchSelector(): (conversation: Conversation) => readonly BranchEntry[] {
  let key = '';
  let structure: Structure = [];
  let seen: readonly Message[] | null = null;
  let branch: readonly BranchEntry[] = [];
  return (conversation) => {
    const { summary, messages, headId } = conversation;
    const newKey = `${summary.id} ${messages.length} ${headId ?? ''}`;
    if (newKey === key && messages === seen) return branch;
    if (newKey !== key) structure = findStructure(messages, headId);
    key = newKey;
    seen = messages;
    branch = structure.flatMap(({ index, siblings }) => {
      const message = messages[index];
      return message === undefined ? [] : [{ message, siblings }];
    });
    return branch;
  };
}

function findStructure(messages: readonly Message[], headId: string | null): Structure {
  const indexById = new Map(messages.map((message, index) => [message.id, index]));
  const siblingsByParent = new Map<string | null, string[]>();
  for (const message of messages) {
    const siblings = siblingsByParent.get(message.parentId);
    if (siblings === undefined) siblingsByParent.set(message.parentId, [message.id]);
    else siblings.push(message.id);
  }
  const path: { index: number; siblings: readonly string[] }[] = [];
  let id = headId;
  // A damaged store could hold a loop of parents: the path is never longer than the list.
  while (id !== null && path.length < messages.length) {
    const index = indexById.get(id);
    const message = index === undefined ? undefined : messages[index];
    if (index === undefined || message === undefined) break;
    path.push({ index, siblings: siblingsByParent.get(message.parentId) ?? [] });
    id = message.parentId;
  }
  return path.reverse();
}

/** The answer being written in this conversation, if any. */
export function generatingMessage(conversation: Conversation): Message | null {
  return conversation.messages.findLast((message) => message.role === 'assistant' && message.state.kind === 'generating') ?? null;
}

/** Whether anything stands before the last question of the shown branch that no summary stands for yet. */
export function canSummarise(conversation: Conversation): boolean {
  const branch = createBranchSelector()(conversation).map(({ message }) => message);
  const last = branch.findLastIndex(({ role }) => role === 'user');
  const before = branch.slice(0, Math.max(0, last));
  const summarised = before.findLastIndex(({ id }) => conversation.compactions.some(({ afterId }) => afterId === id));
  return before.slice(summarised + 1).some(({ text }) => text !== '');
}
