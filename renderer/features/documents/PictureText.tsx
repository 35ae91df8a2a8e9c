import { useEffect, useState } from 'react';
import type { Attachment, ImageFacts } from '../../../electron/shared/attachments.ts';
import type { CitationSource } from '../../../electron/shared/citations.ts';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import { useFacet } from '../../state/useFacet.ts';
import { ErrorNote } from '../chat/ErrorNote.tsx';
import { FramedPicture } from '../images/FramedPicture.tsx';
import { placement } from '../images/placement.ts';
import { usePreview } from '../images/usePreview.ts';
import { DocumentTables } from '../tables/DocumentTables.tsx';
import styles from './DocumentEvidence.module.css';
import { MarkedText } from './MarkedText.tsx';
import pageStyles from './PageView.module.css';

/** Longest side of the picture asked for, in pixels: enough to read what is marked. */
const side = 1600;

interface PictureTextProps {
  readonly attachment: Attachment;
  readonly image: ImageFacts;
  /** What to mark, in pixels of the upright picture and in the text. */
  readonly cited: CitationSource | null;
}

/** A picture as a document: what OCR finds in it, with a quotation or a row of its table marked on both. */
export function PictureText({ attachment, image, cited }: PictureTextProps) {
  const { client } = useFacet();
  const { id, name } = attachment;
  const url = usePreview(id, side);
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    client.request('attachment.text', { id }, controller.signal).then(
      (pages) => setText(pages.map((page) => page.text).join('\n\n')),
      (reason: unknown) => {
        if (!controller.signal.aborted) setError(toErrorData(reason));
      },
    );
    return () => controller.abort();
  }, [client, id]);
  return (
    <div className={styles['evidence']}>
      <div>
        <p className={styles['name']}>{name}</p>
        <p className={styles['quiet']}>{`${image.width} × ${image.height} pixels`}</p>
      </div>
      <DocumentTables attachmentId={id} />
      <FramedPicture url={url} width={image.width} height={image.height} crops={[]} pointed={null} name={name}>
        {cited?.rectangles.map((rect, index) => (
          <span key={index} className={pageStyles['mark']} style={placement(rect, image)} data-cited-box />
        ))}
      </FramedPicture>
      {error !== null && <ErrorNote error={error} />}
      {error === null && text === null && <p className={styles['quiet']}>Reading the text in the picture</p>}
      {text !== null && (
        <section className={styles['page']} aria-label="Text in the picture">
          <header className={styles['pageHead']}>
            <h3 className={styles['pageTitle']}>Text in the picture</h3>
            <span className={styles['quiet']}>{text === '' ? 'None found' : 'Read by OCR, may hold mistakes'}</span>
          </header>
          {text !== '' && <MarkedText text={text} marked={cited} />}
        </section>
      )}
    </div>
  );
}
