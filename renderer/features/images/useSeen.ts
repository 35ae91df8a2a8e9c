import type { AttachmentUse, Conversation } from '../../../electron/shared/conversations.ts';
import type { ImageReceipt } from '../../../electron/shared/generation.ts';
import { draftOf } from '../../state/draftStore.ts';
import { useConversation, useDrafts } from '../../state/useFacet.ts';
import { useDraftKey } from '../composer/useDraftKey.ts';

/** What is known of how the model sees a picture. */
export type Seen =
  | { readonly kind: 'answered'; readonly receipt: ImageReceipt }
  /** Sent, and not looked at to the end. */
  | { readonly kind: 'sent'; readonly use: AttachmentUse }
  /** In the message being written. */
  | { readonly kind: 'draft'; readonly localId: string; readonly use: AttachmentUse }
  | { readonly kind: 'none' };

interface Place {
  readonly attachmentId: string;
  /** An answer, or the question that the picture came with. */
  readonly messageId: string | null;
  readonly imageIndex: number | undefined;
}

/** How one picture was looked at for one answer, or will be. */
export function useSeen({ attachmentId, messageId, imageIndex }: Place): Seen {
  const key = useDraftKey();
  const item = useDrafts((slice) =>
    messageId !== null
      ? undefined
      : draftOf(slice, key).attachments.find((each) => each.kind === 'stored' && each.use.attachmentId === attachmentId),
  );
  const receipt = useConversation((slice) =>
    slice.kind === 'open' && messageId !== null ? findReceipt(slice.conversation, { attachmentId, messageId, imageIndex }) : null,
  );
  const sent = useConversation((slice) =>
    slice.kind === 'open' && messageId !== null ? findUse(slice.conversation, attachmentId, messageId) : null,
  );
  if (receipt !== null) return { kind: 'answered', receipt };
  if (sent !== null) return { kind: 'sent', use: sent };
  return item?.kind === 'stored' ? { kind: 'draft', localId: item.localId, use: item.use } : { kind: 'none' };
}

function findReceipt({ messages }: Conversation, { attachmentId, messageId, imageIndex }: Place): ImageReceipt | null {
  const answer = messages.findLast(({ id, parentId, role }) => role === 'assistant' && (id === messageId || parentId === messageId));
  if (answer?.role !== 'assistant') return null;
  const { state } = answer;
  const images = state.kind === 'complete' || state.kind === 'cancelled' ? (state.receipt?.images ?? []) : [];
  const named = imageIndex === undefined ? undefined : images[imageIndex];
  // The question's own use comes after those of earlier questions.
  return named?.attachmentId === attachmentId ? named : (images.findLast((image) => image.attachmentId === attachmentId) ?? null);
}

function findUse({ messages }: Conversation, attachmentId: string, messageId: string): AttachmentUse | null {
  const message = messages.find(({ id }) => id === messageId);
  const question = message?.role === 'assistant' ? messages.find(({ id }) => id === message.parentId) : message;
  return question?.role === 'user' ? (question.attachments.find((use) => use.attachmentId === attachmentId) ?? null) : null;
}
