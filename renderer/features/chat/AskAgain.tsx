import type { AssistantMessage } from '../../../electron/shared/conversations.ts';
import type { AnswerCoverage } from '../../../electron/shared/asking.ts';
import { firstPagesWords } from '../../../electron/shared/firstPagesWords.ts';
import { ActionNote } from '../../components/ActionNote.tsx';
import { Button } from '../../components/Button.tsx';
import { useApp, useFacet } from '../../state/useFacet.ts';

/** Under an answer from the first pages of documents: says so, and asks again about all of them once they are read. Nothing under others. */
export function AskAgain({ message, coverage }: { readonly message: AssistantMessage; readonly coverage: AnswerCoverage | undefined }) {
  const { chat } = useFacet();
  const attachments = useApp(({ app }) => app?.attachments ?? null);
  const partial = (coverage?.documents ?? []).filter(({ stillReading = 0 }) => stillReading > 0);
  if (partial.length === 0) return null;
  const states = partial.flatMap(({ attachmentId }) => attachments?.find(({ id }) => id === attachmentId)?.state ?? []);
  const reading = states.find((state) => state.kind === 'reading');
  const words = partial.map(({ file, pages, stillReading = 0 }) => `${firstPagesWords(pages - stillReading, pages)} of ${file}`).join(', ');
  return (
    <ActionNote words={`Answered from ${words}. The rest was still being read.`}>
      {states.length > 0 && (
        <Button size="small" disabled={reading !== undefined} onClick={() => void chat.regenerate(message.id)}>
          {reading === undefined ? 'Ask again with all of it' : `Reading on, ${reading.done} of ${reading.total}`}
        </Button>
      )}
    </ActionNote>
  );
}
