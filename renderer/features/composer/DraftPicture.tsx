import type { ReactNode } from 'react';
import type { Attachment, ImageFacts } from '../../../electron/shared/attachments.ts';
import type { DraftAttachment } from '../../state/draftStore.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { roomWords, waitWords } from '../images/modeWords.ts';
import { usePictureNumbers } from '../images/pictureNumbers.ts';
import { usePlan } from '../images/usePlan.ts';
import { AttachmentCard } from './AttachmentCard.tsx';
import { attachmentFact } from './attachmentFact.ts';
import { PanScanSwitch } from './PanScanSwitch.tsx';
import { chosenModel } from './sendBlock.ts';

interface DraftPictureProps {
  readonly item: Extract<DraftAttachment, { kind: 'stored' }>;
  readonly attachment: Attachment;
  readonly image: ImageFacts;
  readonly remove: ReactNode;
}

/** A picture of the message being written: where the model will look, what that costs, and how closely it is to look. */
export function DraftPicture({ item, attachment, image, remove }: DraftPictureProps) {
  const { view } = useFacet();
  // A model that sees nothing gets words, not views.
  const sees = useApp(({ app }) => app !== null && chosenModel(app)?.projector !== null);
  const plan = usePlan(sees ? item.use : null);
  const number = usePictureNumbers().get(attachment.id);
  const costs = plan === null ? [] : [roomWords(plan), waitWords(plan)].filter((words) => words !== '');
  const isPlain = image.warnings.length === 0;
  return (
    <AttachmentCard
      name={attachment.name}
      number={number}
      preview={{
        attachmentId: attachment.id,
        kind: 'image',
        ...(plan === null ? {} : { frames: { size: image, crops: plan.crops } }),
      }}
      // The size is worth saying while nothing else is known; what the file's format cost it always is.
      fact={isPlain && costs[0] !== undefined ? { tone: 'plain', text: costs[0], fraction: null } : attachmentFact(attachment)}
      costs={isPlain ? costs.slice(1) : costs}
      onOpen={() => view.openEvidence({ kind: 'picture', attachmentId: attachment.id, messageId: null })}
      below={sees ? <PanScanSwitch localId={item.localId} use={item.use} /> : null}
      end={remove}
    />
  );
}
