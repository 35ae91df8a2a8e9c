import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PageSummary } from '../../../electron/shared/attachments.ts';
import type { CitationSource } from '../../../electron/shared/citations.ts';
import type { PagePicture, PageWords } from '../../../electron/shared/documents.ts';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import { labelOf, pageName } from '../../../electron/shared/pageName.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useFacet } from '../../state/useFacet.ts';
import { ErrorNote } from '../chat/ErrorNote.tsx';
import { placement } from '../images/placement.ts';
import styles from './PageView.module.css';

interface PageViewProps {
  readonly attachmentId: string;
  readonly name: string;
  /** Counted from 1. */
  readonly first: number;
  readonly pages: number;
  /** What is printed on the pages as their number, where that is known. */
  readonly labels: readonly Pick<PageSummary, 'page' | 'label'>[];
  readonly cited: CitationSource;
}

/** Width of the picture in pixels: sharp on a screen of twice the density in the widest panel. */
const pictureWidth = 1440;

interface Shown {
  readonly page: number;
  readonly size: PageWords;
  readonly picture: PagePicture;
}

/** A page as it looks, with the quotation marked on it, and a way to the pages beside it. Nothing for documents without pages to look at. */
export function PageView({ attachmentId, name, first, pages, labels, cited }: PageViewProps) {
  const { client } = useFacet();
  const [page, setPage] = useState(first);
  const [shown, setShown] = useState<Shown | 'none' | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    Promise.all([
      client.request('attachment.pageWords', { id: attachmentId, page }, signal),
      client.request('attachment.pagePicture', { id: attachmentId, page, width: pictureWidth }, signal),
    ]).then(
      ([size, picture]) => {
        if (signal.aborted) return;
        setError(null);
        setShown(size === null || picture === null ? 'none' : { page, size, picture });
      },
      (reason: unknown) => {
        if (!signal.aborted) setError(toErrorData(reason));
      },
    );
    return () => controller.abort();
  }, [attachmentId, client, page]);

  if (error !== null) return <ErrorNote error={error} />;
  if (shown === null || shown === 'none') return null;
  const { size, picture } = shown;
  const place = pageName(shown.page, labelOf(labels, shown.page));
  return (
    <section className={styles['view']} aria-label={`Page ${place} as it looks`}>
      <div className={styles['walk']}>
        <IconButton label="Page before" size="small" disabled={page <= 1} onClick={() => setPage(page - 1)}>
          <ChevronLeft size={16} aria-hidden="true" />
        </IconButton>
        <span className={styles['count']}>{`Page ${place} of ${pages}`}</span>
        <IconButton label="Page after" size="small" disabled={page >= pages} onClick={() => setPage(page + 1)}>
          <ChevronRight size={16} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={styles['frame']} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        <img
          className={styles['picture']}
          src={`data:${picture.mime};base64,${picture.base64}`}
          alt={`${name}, page ${place}`}
          draggable={false}
        />
        {cited.rectangles
          .filter((rect) => rect.page === shown.page)
          .map((rect, index) => (
            <span key={index} className={styles['mark']} style={placement(rect, size)} data-cited-box />
          ))}
      </div>
    </section>
  );
}
