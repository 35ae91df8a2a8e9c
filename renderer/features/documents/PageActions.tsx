import { useState } from 'react';
import type { PageSummary } from '../../../electron/shared/attachments.ts';
import { Button } from '../../components/Button.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './PageActions.module.css';

interface PageActionsProps {
  readonly attachmentId: string;
  readonly format: string;
  readonly summary: PageSummary;
}

/** How one page is read: by the file's text or by OCR, and its picture for models that see. Nothing for documents without pages to look at. */
export function PageActions({ attachmentId, format, summary: { page, source, chosen } }: PageActionsProps) {
  const { attachments } = useFacet();
  const [busy, setBusy] = useState(false);
  const act = (work: Promise<void>): void => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  if (format !== 'pdf' && format !== 'multipage-tiff') return null;
  return (
    <div className={styles['actions']} role="group" aria-label={`How page ${page} is read`}>
      {format === 'pdf' && chosen === true && (
        <Button variant="quiet" size="small" disabled={busy} onClick={() => act(attachments.readPage(attachmentId, page, 'text'))}>
          {busy ? 'Reading' : 'Use the text of the file'}
        </Button>
      )}
      {format === 'pdf' && source !== 'ocr' && (
        <Button variant="quiet" size="small" disabled={busy} onClick={() => act(attachments.readPage(attachmentId, page, 'ocr'))}>
          {busy ? 'Reading' : 'Read by OCR'}
        </Button>
      )}
      <Button variant="quiet" size="small" disabled={busy} onClick={() => act(attachments.addPage(attachmentId, page))}>
        Ask with its picture
      </Button>
    </div>
  );
}
