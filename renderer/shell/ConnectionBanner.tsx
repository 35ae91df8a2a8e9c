import { Unplug } from 'lucide-react';
import { Button } from '../components/Button.tsx';
import { useApp, useFacet } from '../state/useFacet.ts';
import styles from './ConnectionBanner.module.css';

/** Attempts before the banner stops speaking of a moment. */
const patience = 4;

/** Says that the host is away, once it was there before or stays away. Nothing typed is lost meanwhile. */
export function ConnectionBanner() {
  const { client } = useFacet();
  const connection = useApp((slice) => slice.connection);
  const knownBefore = useApp(({ app }) => app !== null);
  const attempt = connection.kind === 'waiting' || connection.kind === 'connecting' ? connection.attempt : 0;
  const away = connection.kind === 'waiting' || (connection.kind === 'connecting' && attempt > 1);
  if (!away || (!knownBefore && attempt < 2)) return null;
  return (
    <div className={styles['banner']} role="status">
      <Unplug size={16} aria-hidden="true" />
      <span className={styles['text']}>
        {attempt < patience
          ? 'Facet is reconnecting. What you have typed is kept.'
          : 'Facet’s background part does not answer. Start Facet again and open the address it prints; what you have typed is kept.'}
      </span>
      <Button size="small" onClick={() => client.retryNow()}>
        Try now
      </Button>
    </div>
  );
}
