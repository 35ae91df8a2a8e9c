import { type KeyboardEvent, useId, useState } from 'react';
import type { UserMessage } from '../../../electron/shared/conversations.ts';
import { Button } from '../../components/Button.tsx';
import { focusComposer } from '../../state/focusComposer.ts';
import { useFacet } from '../../state/useFacet.ts';
import { GrowingText } from '../composer/GrowingText.tsx';
import { isSendKey } from '../composer/keys.ts';
import styles from './Message.module.css';

/** The question as a field, in its own place. The earlier wording stays as a branch. */
export function EditQuestion({ message }: { readonly message: UserMessage }) {
  const { chat, view } = useFacet();
  const hintId = useId();
  const [text, setText] = useState(message.text);
  const sendable = text.trim() !== '' && text.trim() !== message.text;
  // The field goes, and whoever works with the keyboard goes on where the next message is written.
  const cancel = (): void => {
    view.edit(null);
    focusComposer();
  };
  const askAgain = (): void => {
    focusComposer();
    void chat.edit(message.id, text.trim());
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isSendKey(event)) {
      event.preventDefault();
      if (sendable) askAgain();
    } else if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      cancel();
    }
  };
  return (
    <div className={styles['edit']}>
      <GrowingText value={text} onChange={setText} onKeyDown={press} aria-label="Your question" aria-describedby={hintId} autoFocus />
      <div className={styles['editActions']}>
        <span id={hintId} className={styles['quiet']}>
          The earlier wording and its answer stay as a branch.
        </span>
        <Button size="small" variant="quiet" onClick={cancel}>
          Cancel
        </Button>
        <Button size="small" variant="primary" disabled={!sendable} onClick={askAgain}>
          Ask again
        </Button>
      </div>
    </div>
  );
}
