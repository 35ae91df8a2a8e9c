import type { ReactNode } from 'react';
import type { Attachment, ImageFacts } from '../../../electron/shared/attachments.ts';
import type { DraftAttachment } from '../../state/draftStore.ts';
import { useFacet } from '../../state/useFacet.ts';
import { costWords } from '../images/modeWords.ts';
import { pictureName, usePictureNumbers } from '../images/pictureNumbers.ts';
import { usePlan } from '../images/usePlan.ts';
import { AttachmentCard } from './AttachmentCard.tsx';
import { attachmentFact } from './attachmentFact.ts';
import { PanScanSwitch } from './PanScanSwitch.tsx';

interface DraftPictureProps {
  readonly item: Extract<DraftAttachment, { kind: 'stored' }>;
  readonly attachment: Attachment;
  readonly image: ImageFacts;
  readonly remove: ReactNode;
}

/** A picture of the message being written: where the model will look, what that costs, and how closely it is to look. */
export function DraftPicture({ item, attachment, image, remove }: DraftPictureProps) {
  const { view } = useFacet();
  const plan = usePlan(item.use);
  const number = usePictureNumbers().get(attachment.id);
  const fact = attachmentFact(attachment);
  return (
    <AttachmentCard
      name={pictureName(number, attachment.name)}
      preview={{
        attachmentId: attachment.id,
        kind: 'image',
        ...(plan === null ? {} : { frames: { size: image, crops: plan.crops } }),
      }}
      fact={plan === null ? fact : { ...fact, text: `${fact.text} · ${costWords(plan)}` }}
      onOpen={() => view.openEvidence({ kind: 'picture', attachmentId: attachment.id, messageId: null })}
      below={<PanScanSwitch localId={item.localId} use={item.use} />}
      end={remove}
    />
  );
}
