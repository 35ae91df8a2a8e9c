import { pathTo } from '../conversations/branches.ts';
import type { GenerationParts } from '../generation/generationParts.ts';
import { compactPath, type PromptPath } from './compactPath.ts';

/**
 * The messages down to `id` as a prompt is made of them, with the summary that stands for older ones.
 * @param openId the answer that goes on; null for a new one
 */
export function promptPath(
  { messages, compactions }: Pick<GenerationParts, 'messages' | 'compactions'>,
  conversationId: string,
  id: string | null,
  openId: string | null = null,
): PromptPath {
  return compactPath(pathTo(messages.ofConversation(conversationId), id), compactions.ofConversation(conversationId), openId);
}
