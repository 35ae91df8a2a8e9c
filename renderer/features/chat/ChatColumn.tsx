import { assertNever } from '../../../electron/shared/assertNever.ts';
import { useConversation, useFacet } from '../../state/useFacet.ts';
import { Composer } from '../composer/Composer.tsx';
import { conversationTitle } from '../conversations/conversationTitle.ts';
import { ErrorNote } from './ErrorNote.tsx';
import styles from './ChatColumn.module.css';
import { EmptyChat } from './EmptyChat.tsx';
import { LiveAnswer } from './LiveAnswer.tsx';
import { MessageList } from './MessageList.tsx';
import { PrivateNote } from './PrivateNote.tsx';
import { SummaryProgress } from './SummaryProgress.tsx';
import { Button } from '../../components/Button.tsx';

/** The middle column: the conversation and, always at the same place, the composer. */
export function ChatColumn() {
  return (
    <div className={styles['column']}>
      <PrivateNote />
      <ConversationBody />
      <div className={styles['composer']}>
        <div className={styles['composerCard']}>
          <Composer />
        </div>
      </div>
    </div>
  );
}

function ConversationBody() {
  const { chat } = useFacet();
  const slice = useConversation((current) => current);
  switch (slice.kind) {
    case 'new':
      return <EmptyChat />;
    case 'opening':
      return <div className={styles['body']} aria-busy="true" />;
    case 'failed':
      return (
        <div className={styles['failed']}>
          <ErrorNote
            error={slice.error}
            actions={
              <>
                <Button size="small" onClick={() => void chat.open(slice.id)}>
                  Try again
                </Button>
                <Button size="small" variant="quiet" onClick={() => chat.startNew()}>
                  New chat
                </Button>
              </>
            }
          />
        </div>
      );
    case 'open':
      if (slice.conversation.headId === null) return <EmptyChat />;
      return (
        <>
          <h1 className="visuallyHidden">{conversationTitle(slice.conversation.summary)}</h1>
          <MessageList key={slice.conversation.summary.id} conversation={slice.conversation} />
          <SummaryProgress conversationId={slice.conversation.summary.id} />
          <LiveAnswer conversation={slice.conversation} />
        </>
      );
    default:
      return assertNever(slice, 'conversation slice');
  }
}
