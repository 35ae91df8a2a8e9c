import type { AttachmentUse } from '../../../electron/shared/conversations.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { usePictureNumbers } from '../images/pictureNumbers.ts';
import { AttachmentCard } from './AttachmentCard.tsx';
import { ReadAgain } from './ReadAgain.tsx';
import { attachmentFact } from './attachmentFact.ts';

interface UsedAttachmentProps {
  readonly use: AttachmentUse;
  /** The question it came with. */
  readonly messageId: string;
}

/** A file as a sent message uses it. */
export function UsedAttachment({ use, messageId }: UsedAttachmentProps) {
  const { view } = useFacet();
  const { attachmentId, panScan, regions } = use;
  const attachment = useApp(({ app }) => app?.attachments.find(({ id }) => id === attachmentId));
  const number = usePictureNumbers().get(attachmentId);
  if (attachment === undefined) {
    return (
      <AttachmentCard
        name="File"
        preview={null}
        fact={{ tone: 'caution', text: 'Deleted from the library. What was said about it stays.', fraction: null }}
      />
    );
  }
  const { state } = attachment;
  const readAgain = attachment.changedOnDisk === true ? <ReadAgain attachment={attachment} /> : null;
  if (state.kind !== 'image') {
    return (
      <AttachmentCard
        name={attachment.name}
        preview={{ attachmentId, kind: 'document' }}
        fact={attachmentFact(attachment)}
        onOpen={() => view.openEvidence({ kind: 'document', attachmentId, page: 1 })}
        below={readAgain}
      />
    );
  }
  const fact = attachmentFact(attachment);
  const marked = panScan === 'region' && regions.length > 0;
  return (
    <AttachmentCard
      name={attachment.name}
      number={number}
      preview={{ attachmentId, kind: 'image', ...(marked ? { frames: { size: state.image, crops: regions } } : {}) }}
      fact={marked ? { ...fact, text: regions.length === 1 ? 'Look closer at 1 part' : `Look closer at ${regions.length} parts` } : fact}
      onOpen={() => view.openEvidence({ kind: 'picture', attachmentId, messageId })}
      below={readAgain}
    />
  );
}
