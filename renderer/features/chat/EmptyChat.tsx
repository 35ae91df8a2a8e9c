import { FileText, Image as ImageIcon } from 'lucide-react';
import { usePrivacy } from '../privacy/usePrivacy.ts';
import styles from './EmptyChat.module.css';

/** A chat with nothing in it yet: one sentence that says what to do. */
export function EmptyChat() {
  const { promise } = usePrivacy();
  return (
    <div className={styles['empty']}>
      <div className={styles['icons']} aria-hidden="true">
        <ImageIcon size={20} />
        <FileText size={20} />
      </div>
      <h1 className={styles['title']}>Drop a picture or a document, and ask.</h1>
      <p className={styles['hint']}>{promise}</p>
    </div>
  );
}
