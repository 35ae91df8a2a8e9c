import type { AttachmentUse } from '../../../electron/shared/conversations.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { AttachmentCard } from './AttachmentCard.tsx';
import { attachmentFact } from './attachmentFact.ts';

/** A file as a sent message uses it. */
export function UsedAttachment({ use }: { readonly use: AttachmentUse }) {
  const { view } = useFacet();
  const { attachmentId } = use;
  const attachment = useApp(({ app }) => app?.attachments.find(({ id }) => id === attachmentId));
  if (attachment === undefined) {
    return <AttachmentCard name="File" preview={null} fact={{ tone: 'caution', text: 'This file was removed.', fraction: null }} />;
  }
  const image = attachment.state.kind === 'image';
  return (
    <AttachmentCard
      name={attachment.name}
      preview={{ attachmentId, kind: image ? 'image' : 'document' }}
      fact={attachmentFact(attachment)}
      onOpen={() =>
        view.openEvidence(image ? { kind: 'picture', attachmentId, messageId: null } : { kind: 'document', attachmentId, page: 1 })
      }
    />
  );
}
