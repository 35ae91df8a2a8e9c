import type { Message, UserMessage } from '../../shared/conversations.ts';

/** What the tree functions need of a message. */
export interface TreeNode {
  readonly id: string;
  readonly parentId: string | null;
}

/** From the first message down to `id`; empty for null. Unknown parents end the walk. */
export function pathTo<T extends TreeNode>(messages: readonly T[], id: string | null): readonly T[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: T[] = [];
  for (let at = id === null ? undefined : byId.get(id); at !== undefined; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
    path.push(at);
  }
  return path.toReversed();
}

/** The end of the branch below `id`, taking the newest child at each fork. Messages are in order of creation. */
export function newestLeafBelow(messages: readonly TreeNode[], id: string): string {
  const newestChild = new Map<string, string>();
  for (const { id: child, parentId } of messages) if (parentId !== null) newestChild.set(parentId, child);
  let leaf = id;
  for (let next = newestChild.get(leaf); next !== undefined; next = newestChild.get(leaf)) leaf = next;
  return leaf;
}

/** The question that a path ends with, or that its last answer answers; undefined for an empty path. */
export function lastQuestion(path: readonly Message[]): UserMessage | undefined {
  return path.findLast((message) => message.role === 'user');
}
