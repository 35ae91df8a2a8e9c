import type { Attachment } from '../../../electron/shared/attachments.ts';
import type { Conversation } from '../../../electron/shared/conversations.ts';
import type { Draft } from '../../state/draftStore.ts';

/** A document of which the first pages can be asked about already. */
export interface DocumentBeingRead {
  readonly name: string;
  readonly ready: number;
  readonly total: number;
}

/** The documents of the draft and of its chat that are still being read, as far as some of their pages can be asked about. */
export function documentsBeingRead(
  { attachments }: Pick<Draft, 'attachments'>,
  conversation: Conversation | null,
  known: readonly Attachment[],
): readonly DocumentBeingRead[] {
  const inChat = (conversation?.messages ?? []).flatMap((message) => (message.role === 'user' ? message.attachments : []));
  const inDraft = attachments.flatMap((item) => (item.kind === 'stored' ? [item.use] : []));
  const ids = new Set([...inChat, ...inDraft].map(({ attachmentId }) => attachmentId));
  return known.flatMap(({ id, name, state }) =>
    ids.has(id) && state.kind === 'reading' && state.ready !== undefined ? [{ name, ready: state.ready, total: state.total }] : [],
  );
}
