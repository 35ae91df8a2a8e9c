import { useEffect, useState } from 'react';
import type { Attachment } from '../../../electron/shared/attachments.ts';
import type { CitationSource } from '../../../electron/shared/citations.ts';
import type { PageText } from '../../../electron/shared/documents.ts';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import { useFacet } from '../../state/useFacet.ts';
import { ErrorNote } from '../chat/ErrorNote.tsx';
import { attachmentFact } from '../composer/attachmentFact.ts';
import styles from './DocumentEvidence.module.css';
import { MarkedText } from './MarkedText.tsx';
import { PageView } from './PageView.tsx';

/** The text is fetched again after this many pages more. */
const pagesAtOnce = 10;

interface DocumentSoFarProps {
  readonly attachment: Attachment;
  readonly ready: number;
  readonly total: number;
  readonly cited: CitationSource | null;
}

/** The first pages of a document that is still being read. */
export function DocumentSoFar({ attachment, ready, total, cited }: DocumentSoFarProps) {
  const { client } = useFacet();
  const [texts, setTexts] = useState<readonly PageText[]>([]);
  const [error, setError] = useState<ErrorData | null>(null);
  const { id } = attachment;
  const batch = Math.floor(ready / pagesAtOnce);
  useEffect(() => {
    const controller = new AbortController();
    client.request('attachment.text', { id, soFar: true }, controller.signal).then(setTexts, (reason: unknown) => {
      if (!controller.signal.aborted) setError(toErrorData(reason));
    });
    return () => controller.abort();
  }, [batch, client, id]);
  return (
    <div className={styles['evidence']}>
      <div>
        <p className={styles['name']}>{attachment.name}</p>
        <p className={styles['quiet']}>{attachmentFact(attachment).text}</p>
      </div>
      {cited !== null && (
        <PageView
          key={`${cited.page} ${cited.start}`}
          attachmentId={id}
          name={attachment.name}
          first={cited.page}
          pages={total}
          labels={[]}
          cited={cited}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
      <ol className={styles['pages']}>
        {texts.map(({ page, text }) => (
          <li key={page} className={styles['page']}>
            <header className={styles['pageHead']}>
              <h3 className={styles['pageTitle']}>{`Page ${page}`}</h3>
            </header>
            <MarkedText text={text} marked={cited?.page === page ? cited : null} />
          </li>
        ))}
      </ol>
    </div>
  );
}
