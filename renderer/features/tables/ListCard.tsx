import { List } from 'lucide-react';
import type { ListResult } from '../../../electron/shared/listResult.ts';
import { Card } from '../../components/Card.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './ComputedCard.module.css';
import { ExportMenu } from './ExportMenu.tsx';
import { listWords } from './resultWords.ts';

/** Below an answer that read every part: how many things it lists, and a way to keep them as a table. */
export function ListCard({ messageId, list }: { readonly messageId: string; readonly list: ListResult }) {
  const { client } = useFacet();
  if (list.items.length === 0) return null;
  return (
    <Card className={styles['card'] ?? ''} aria-label="The list as a table">
      <p className={styles['title']}>
        <List size={16} aria-hidden="true" />
        <span>{listWords(list)}</span>
      </p>
      <div className={styles['actions']}>
        <ExportMenu make={(format) => client.request('message.exportList', { messageId, format })} label="Save list" />
      </div>
    </Card>
  );
}
