import { useMemo, useState } from 'react';
import type { Attachment } from '../../../electron/shared/attachments.ts';
import { createBranchSelector } from '../../state/branches.ts';
import type { ConversationSlice } from '../../state/conversationStore.ts';
import { draftOf } from '../../state/draftStore.ts';
import { useApp, useConversation, useDrafts } from '../../state/useFacet.ts';
import { useDraftKey } from '../composer/useDraftKey.ts';

/** Numbers from 1 in the order in which the pictures came; none where there are fewer than two. */
export function numberPictures(attachmentIds: readonly string[], attachments: readonly Attachment[]): ReadonlyMap<string, number> {
  const pictures = new Set(attachments.filter(({ state }) => state.kind === 'image').map(({ id }) => id));
  const used = [...new Set(attachmentIds)].filter((id) => pictures.has(id));
  return new Map(used.length < 2 ? [] : used.map((id, index) => [id, index + 1]));
}

/** "Picture 2: receipt.jpg"; the file name alone without a number. */
export function pictureName(number: number | undefined, fileName: string): string {
  return picturePrefix(number) + fileName;
}

/** "Picture 2: "; empty without a number. */
export function picturePrefix(number: number | undefined): string {
  return number === undefined ? '' : `Picture ${number}: `;
}

/** Numbers of the pictures on the branch shown and in the message being written, by attachment id. */
export function usePictureNumbers(): ReadonlyMap<string, number> {
  const key = useDraftKey();
  const draft = useDrafts((slice) => draftOf(slice, key).attachments);
  const attachments = useApp(({ app }) => app?.attachments);
  const [selectSent] = useState(createSentSelector);
  const sent = useConversation(selectSent);
  return useMemo(() => {
    const drafted = draft.flatMap((item) => (item.kind === 'stored' ? [item.use.attachmentId] : []));
    return numberPictures([...sent, ...drafted], attachments ?? []);
  }, [attachments, draft, sent]);
}

/** Ids of what was sent on the branch shown, in order; the same list while no message comes or goes, so that a token costs nothing. */
function createSentSelector(): (slice: ConversationSlice) => readonly string[] {
  const selectBranch = createBranchSelector();
  let key = '';
  let sent: readonly string[] = [];
  return (slice) => {
    const { summary, messages, headId } = slice.kind === 'open' ? slice.conversation : emptyConversation;
    const newKey = `${summary.id} ${messages.length} ${headId ?? ''}`;
    if (newKey === key) return sent;
    key = newKey;
    const entries = slice.kind === 'open' ? selectBranch(slice.conversation) : [];
    sent = entries.flatMap(({ message }) => (message.role === 'user' ? message.attachments.map(({ attachmentId }) => attachmentId) : []));
    return sent;
  };
}

const emptyConversation = { summary: { id: '' }, messages: [], headId: null };
