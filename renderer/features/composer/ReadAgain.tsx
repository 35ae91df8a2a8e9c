import { useState } from 'react';
import { type Attachment, isLaterStateOf } from '../../../electron/shared/attachments.ts';
import { Button } from '../../components/Button.tsx';
import { useApp, useFacet } from '../../state/useFacet.ts';
import styles from './ReadAgain.module.css';

/** Under a file that has changed: adds it to the next question as it is now. Answers before stay with what was read then. */
export function ReadAgain({ attachment }: { readonly attachment: Attachment }) {
  const { attachments } = useFacet();
  const [reading, setReading] = useState(false);
  const isRead = useApp(({ app }) => app?.attachments.some((other) => isLaterStateOf(other, attachment)) ?? false);
  const read = (): void => {
    setReading(true);
    void attachments.readAgain(attachment.id).finally(() => setReading(false));
  };
  return (
    <div className={styles['place']}>
      <Button size="small" disabled={reading} onClick={read}>
        {isRead ? 'Add it once more' : 'Read again'}
      </Button>
    </div>
  );
}
