import { useFacet } from '../../state/useFacet.ts';
import styles from './OtherPages.module.css';

/** Page numbers that are offered. */
const mostOffered = 24;

/** The pages of a file of which the first is shown: a click puts one into the message being written, as a picture of its own. */
export function OtherPages({ attachmentId, pages }: { readonly attachmentId: string; readonly pages: number }) {
  const { attachments } = useFacet();
  const numbers = Array.from({ length: Math.min(pages, mostOffered) - 1 }, (_, index) => index + 2);
  return (
    <nav className={styles['pages']} aria-label="Other pages">
      <span className={styles['quiet']}>{`Page 1 of ${pages}. Ask about page`}</span>
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
      {pages > mostOffered && <span className={styles['quiet']}>{`and ${pages - mostOffered} more`}</span>}
    </nav>
  );
}
