import { EyeOff } from 'lucide-react';
import { isPrivateId } from '../../../electron/shared/privateIds.ts';
import { Button } from '../../components/Button.tsx';
import { useConversation } from '../../state/useFacet.ts';
import { useConversationActions } from '../conversations/useConversationActions.ts';
import styles from './PrivateNote.module.css';

/** Says of a private chat, as long as it is shown, that it is one. */
export function PrivateNote() {
  const summary = useConversation((slice) => (slice.kind === 'open' ? slice.conversation.summary : null));
  const actions = useConversationActions();
  if (summary === null || !isPrivateId(summary.id)) return null;
  return (
    <div className={styles['note']} role="note">
      <EyeOff size={16} aria-hidden="true" className={styles['icon']} />
      <p className={styles['words']}>Private chat: in memory only. It is gone when you close it or quit Facet.</p>
      <Button size="small" variant="quiet" onClick={() => void actions.remove(summary)}>
        Close for good
      </Button>
    </div>
  );
}
