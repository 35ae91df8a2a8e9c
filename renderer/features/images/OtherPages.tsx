import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './OtherPages.module.css';

/** More pages than these are chosen by number. */
const mostButtons = 12;

interface OtherPagesProps {
  readonly attachmentId: string;
  readonly pages: number;
}

/** The pages of a file of which the first is shown: a click puts one into the message being written, as a picture of its own. */
export function OtherPages({ attachmentId, pages }: OtherPagesProps) {
  return pages > mostButtons ? <PageByNumber attachmentId={attachmentId} pages={pages} /> : <PageButtons {...{ attachmentId, pages }} />;
}

function PageButtons({ attachmentId, pages }: OtherPagesProps) {
  const { attachments } = useFacet();
  const numbers = Array.from({ length: pages - 1 }, (_, index) => index + 2);
  return (
    <nav className={styles['pages']} aria-label="Other pages">
      <span className={styles['quiet']}>Ask about page</span>
      {numbers.map((page) => (
        <button
          key={page}
          type="button"
          className={styles['page']}
          aria-label={`Ask about page ${page}`}
          onClick={() => void attachments.addPage(attachmentId, page)}
        >
          {page}
        </button>
      ))}
    </nav>
  );
}

function PageByNumber({ attachmentId, pages }: OtherPagesProps) {
  const { attachments } = useFacet();
  const [page, setPage] = useState(2);
  const range = { minimum: 2, maximum: pages, whole: true };
  return (
    <nav className={styles['byNumber']} aria-label="Other pages">
      <NumberField label="Another page" value={page} range={range} step={1} onCommit={setPage} />
      <Button onClick={() => void attachments.addPage(attachmentId, page)}>{`Ask about page ${page}`}</Button>
    </nav>
  );
}
