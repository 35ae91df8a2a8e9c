import type { AskMode } from '../../../electron/shared/asking.ts';
import { errorText } from '../../../electron/shared/errorText.ts';
import { type Segment, Segments } from '../../components/Segments.tsx';
import { changeDraft, draftOf } from '../../state/draftStore.ts';
import { useDrafts, useFacet, useUsage } from '../../state/useFacet.ts';
import styles from './ReadingChoice.module.css';
import { firstWordWords, readingWords } from './readingWords.ts';

const modes: readonly Segment<AskMode>[] = [
  { value: 'auto', word: 'Auto', means: 'Facet picks what suits the question' },
  { value: 'whole', word: 'Whole', means: 'Reads all of it at once' },
  { value: 'relevant', word: 'Relevant', means: 'Reads the parts that fit the question' },
  { value: 'exhaustive', word: 'Exhaustive', means: 'Reads every part in turn, so that nothing is missed' },
  { value: 'tables', word: 'Tables', means: 'Computes the answer from the tables' },
];

/** How the documents of the next question are read, why, and what that costs. Nothing where there is nothing to wait for. */
export function ReadingChoice({ draftKey }: { readonly draftKey: string }) {
  const { stores } = useFacet();
  const mode = useDrafts((slice) => draftOf(slice, draftKey).mode);
  const hasFiles = useDrafts((slice) => draftOf(slice, draftKey).attachments.length > 0);
  const usage = useUsage((slice) => slice.usage);
  const error = useUsage((slice) => slice.error);
  const asking = usage?.asking ?? null;
  if (asking === null && mode === 'auto') {
    const words = hasFiles ? firstWordWords(usage?.firstWord ?? null) : '';
    return words === '' ? null : <p className={styles['choice']}>{<span className={styles['words']}>{words}</span>}</p>;
  }
  return (
    <section className={styles['choice']} aria-label="How the documents are read">
      <div className={styles['switch']}>
        <Segments
          label="How the documents are read"
          name={`reading ${draftKey}`}
          segments={modes}
          value={mode}
          onValueChange={(chosen) => changeDraft(stores.drafts, draftKey, (draft) => ({ ...draft, mode: chosen }))}
        />
      </div>
      <p className={styles['words']} role="status">
        {error === null ? (
          asking !== null && readingWords(asking, usage?.firstWord ?? null)
        ) : (
          <span className={styles['failed']}>{errorText(error).what}</span>
        )}
      </p>
    </section>
  );
}
