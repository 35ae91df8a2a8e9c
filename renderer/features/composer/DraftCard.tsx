import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import { errorText } from '../../../electron/shared/errorText.ts';
import { IconButton } from '../../components/IconButton.tsx';
import type { DraftAttachment } from '../../state/draftStore.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { attachmentFact } from './attachmentFact.ts';
import { AttachmentCard } from './AttachmentCard.tsx';
import { DraftPicture } from './DraftPicture.tsx';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { PasswordField } from './PasswordField.tsx';

/** A file of the message being written, with the one fact that matters and the way to take it off. */
export function DraftCard({ item }: { readonly item: DraftAttachment }) {
  const { attachments } = useFacet();
  const remove = (
    <IconButton label={`Remove ${useDraftName(item)}`} size="small" onClick={() => attachments.remove(item.localId)}>
      <X size={16} aria-hidden="true" />
    </IconButton>
  );
  switch (item.kind) {
    case 'uploading': {
      const fraction = item.bytes === 0 ? null : item.sentBytes / item.bytes;
      return (
        <AttachmentCard
          name={item.name}
          preview={null}
          fact={{ tone: 'working', text: `Adding, ${bytesInWords(item.bytes)}`, fraction }}
          end={remove}
        />
      );
    }
    case 'failed':
      return (
        <AttachmentCard
          name={item.name}
          preview={null}
          fact={{ tone: 'failed', text: errorText(item.error).what, fraction: null }}
          end={remove}
        />
      );
    case 'stored':
      return <StoredCard item={item} remove={remove} />;
    default:
      return assertNever(item, 'draft attachment');
  }
}

function StoredCard({ item, remove }: { readonly item: Extract<DraftAttachment, { kind: 'stored' }>; readonly remove: ReactNode }) {
  const { view } = useFacet();
  const { attachmentId } = item.use;
  const attachment = useApp(({ app }) => app?.attachments.find(({ id }) => id === attachmentId));
  if (attachment === undefined) {
    return (
      <AttachmentCard
        name="File"
        preview={null}
        fact={{ tone: 'failed', text: 'This file is no longer here.', fraction: null }}
        end={remove}
      />
    );
  }
  const { state } = attachment;
  if (state.kind === 'image') return <DraftPicture item={item} attachment={attachment} image={state.image} remove={remove} />;
  return (
    <AttachmentCard
      name={attachment.name}
      preview={{ attachmentId, kind: 'document' }}
      fact={attachmentFact(attachment)}
      onOpen={
        state.kind === 'document' || (state.kind === 'reading' && state.ready !== undefined)
          ? () => view.openEvidence({ kind: 'document', attachmentId, page: 1 })
          : null
      }
      below={state.kind === 'failed' && state.error.code === 'passwordRequired' ? <PasswordField attachmentId={attachmentId} /> : null}
      end={remove}
    />
  );
}

function useDraftName(item: DraftAttachment): string {
  const stored = useApp(({ app }) =>
    item.kind === 'stored' ? app?.attachments.find(({ id }) => id === item.use.attachmentId)?.name : undefined,
  );
  return item.kind === 'stored' ? (stored ?? 'file') : item.name;
}
