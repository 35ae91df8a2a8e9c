import styles from './DocumentEvidence.module.css';

/** A page's text with one stretch of it marked; offsets in UTF-16 units. */
export function MarkedText({
  text,
  marked,
}: {
  readonly text: string;
  readonly marked: { readonly start: number; readonly end: number } | null;
}) {
  return (
    <p className={styles['text']} dir="auto">
      {marked === null ? (
        text
      ) : (
        <>
          {text.slice(0, marked.start)}
          <mark className={styles['mark']} data-cited>
            {text.slice(marked.start, marked.end)}
          </mark>
          {text.slice(marked.end)}
        </>
      )}
    </p>
  );
}
