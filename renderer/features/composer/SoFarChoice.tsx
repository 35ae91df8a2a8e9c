import { firstPagesWords } from '../../../electron/shared/firstPagesWords.ts';
import { type Segment, Segments } from '../../components/Segments.tsx';
import { changeDraft, draftOf } from '../../state/draftStore.ts';
import { useApp, useConversation, useDrafts, useFacet } from '../../state/useFacet.ts';
import styles from './ReadingChoice.module.css';
import { documentsBeingRead } from './documentsBeingRead.ts';

const choices: readonly Segment<'all' | 'soFar'>[] = [
  { value: 'all', word: 'Wait for all pages', means: 'The answer begins when everything is read' },
  { value: 'soFar', word: 'Answer from these', means: 'The answer is made from the pages that are read, and says so' },
];

/** While documents of the next question are still being read: whether to wait for the rest. Nothing before any page can be asked about. */
export function SoFarChoice({ draftKey }: { readonly draftKey: string }) {
  const { stores } = useFacet();
  const draft = useDrafts((slice) => draftOf(slice, draftKey));
  const attachments = useApp(({ app }) => app?.attachments ?? noAttachments);
  const conversation = useConversation((slice) => (slice.kind === 'open' ? slice.conversation : null));
  const reading = documentsBeingRead(draft, conversation, attachments);
  if (reading.length === 0) return null;
  const words = reading.map(({ name, ready, total }) => `${name}: ${firstPagesWords(ready, total)} ready, reading on`).join('; ');
  return (
    <section className={styles['choice']} aria-label="Documents that are still being read">
      <div className={styles['switch']}>
        <Segments
          label="Whether to wait for the rest"
          name={`so far ${draftKey}`}
          segments={choices}
          value={draft.soFar ? 'soFar' : 'all'}
          onValueChange={(value) => changeDraft(stores.drafts, draftKey, (current) => ({ ...current, soFar: value === 'soFar' }))}
        />
      </div>
      <p className={styles['words']}>{words}</p>
    </section>
  );
}

const noAttachments: Parameters<typeof documentsBeingRead>[2] = [];
