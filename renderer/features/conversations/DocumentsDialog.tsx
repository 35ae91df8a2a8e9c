import { FileText, FileX, FileStack, Image, LoaderCircle } from 'lucide-react';
import type { Attachment } from '../../../electron/shared/attachments.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { attachmentFact } from '../composer/attachmentFact.ts';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import styles from './DocumentsDialog.module.css';

export interface DocumentsDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const icons = { reading: LoaderCircle, image: Image, document: FileText, failed: FileX } as const;

/** Every picture and document that Facet keeps, newest first, and what was read of each. */
export function DocumentsDialog({ open, onOpenChange }: DocumentsDialogProps) {
  const { view } = useFacet();
  const attachments = useApp(({ app }) => app?.attachments ?? null);
  const newest = (attachments ?? []).toSorted((a, b) => b.createdAt - a.createdAt);
  const show = (attachment: Attachment): void => {
    onOpenChange(false);
    view.showSidebarOverlay(false);
    if (attachment.state.kind === 'image') view.openEvidence({ kind: 'picture', attachmentId: attachment.id, messageId: null });
    else view.openEvidence({ kind: 'document', attachmentId: attachment.id, page: 1 });
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Documents and pictures" width="wide">
      {newest.length === 0 && (
        <EmptyState icon={<FileStack size={20} />} title="Nothing here yet">
          Files you attach to a message are kept here.
        </EmptyState>
      )}
      <ul className={styles['list']}>
        {newest.map((attachment) => {
          const Icon = icons[attachment.state.kind];
          const openable = attachment.state.kind === 'image' || attachment.state.kind === 'document';
          return (
            <li key={attachment.id}>
              <button type="button" className={styles['row']} disabled={!openable} onClick={() => show(attachment)}>
                <Icon size={20} aria-hidden="true" className={styles['icon']} />
                <span className={styles['facts']}>
                  <bdi className={styles['name']}>{attachment.name}</bdi>
                  <span className={styles['detail']}>
                    {attachmentFact(attachment).text} · {bytesInWords(attachment.bytes)} ·{' '}
                    {new Date(attachment.createdAt).toLocaleDateString('en', { dateStyle: 'medium' })}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
