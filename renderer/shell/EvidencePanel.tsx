import { X } from 'lucide-react';
import { IconButton } from '../components/IconButton.tsx';
import { DocumentEvidence } from '../features/documents/DocumentEvidence.tsx';
import { PictureEvidence } from '../features/images/PictureEvidence.tsx';
import { assertNever } from '../../electron/shared/assertNever.ts';
import { useFacet, useView } from '../state/useFacet.ts';
import type { Evidence } from '../state/viewStore.ts';
import styles from './EvidencePanel.module.css';
import { ResizeHandle } from './ResizeHandle.tsx';

/** The right column: what an answer was made from. Opens by a click of the user only. */
export function EvidencePanel({ narrow }: { readonly narrow: boolean }) {
  const { view } = useFacet();
  const evidence = useView((slice) => slice.evidence);
  const width = useView((slice) => slice.evidenceWidth);
  if (evidence.kind === 'closed') return null;
  return (
    <aside
      className={narrow ? styles['overlay'] : styles['panel']}
      style={narrow ? undefined : { width }}
      aria-label="Evidence"
      data-column
      tabIndex={-1}
    >
      {!narrow && <ResizeHandle width={width} />}
      <header className={styles['header']}>
        <h2 className={styles['title']}>{titleOf(evidence)}</h2>
        <IconButton label="Close evidence" shortcut="Esc" onClick={() => view.closeEvidence()}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={styles['body']}>
        <EvidenceBody evidence={evidence} />
      </div>
    </aside>
  );
}

function EvidenceBody({ evidence }: { readonly evidence: Exclude<Evidence, { kind: 'closed' }> }) {
  switch (evidence.kind) {
    case 'picture':
      return (
        <PictureEvidence
          key={evidence.attachmentId}
          attachmentId={evidence.attachmentId}
          messageId={evidence.messageId}
          imageIndex={evidence.imageIndex}
        />
      );
    case 'document':
      return (
        <DocumentEvidence
          key={evidence.attachmentId}
          attachmentId={evidence.attachmentId}
          page={evidence.page}
          cited={evidence.cited ?? null}
        />
      );
    default:
      return assertNever(evidence, 'evidence');
  }
}

function titleOf(evidence: Exclude<Evidence, { kind: 'closed' }>): string {
  switch (evidence.kind) {
    case 'picture':
      return evidence.messageId === null ? 'Picture' : 'What the model saw';
    case 'document':
      return evidence.cited === undefined ? 'What was read' : 'Where it stands';
    default:
      return assertNever(evidence, 'evidence');
  }
}
