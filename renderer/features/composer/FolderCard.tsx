import { X } from 'lucide-react';
import { IconButton } from '../../components/IconButton.tsx';
import type { DraftAttachment, DraftFolder } from '../../state/draftStore.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { AttachmentCard } from './AttachmentCard.tsx';
import { folderFact, folderLines } from './draftGroups.ts';
import styles from './FolderCard.module.css';

interface FolderCardProps {
  readonly folder: DraftFolder;
  readonly items: readonly DraftAttachment[];
}

/** A folder of the message being written: how far it is read, what could not be read, and every file in it. */
export function FolderCard({ folder, items }: FolderCardProps) {
  const { attachments } = useFacet();
  const known = useApp(({ app }) => app?.attachments ?? null);
  const lines = folderLines(items, known ?? []);
  const fact = folderFact(lines);
  const notRead = lines.filter(({ state }) => state === 'notRead');
  const label = fact.tone === 'working' ? `Stop adding ${folder.name}` : `Remove ${folder.name}`;
  return (
    <AttachmentCard
      name={folder.name}
      preview={null}
      fact={fact}
      end={
        <IconButton label={label} size="small" onClick={() => attachments.removeFolder(folder.id)}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      }
      below={
        <details className={styles['details']} open={notRead.length > 0 && fact.tone !== 'working'}>
          <summary className={styles['summary']}>
            {notRead.length === 0 ? 'Show its files' : `${notRead.length} not read; the others are asked about`}
          </summary>
          <ul className={styles['files']} aria-label={`Files of ${folder.name}`}>
            {lines.map(({ localId, name, state, why }) => (
              <li key={localId} className={styles['file']}>
                <span className={styles['words']}>
                  <bdi>{name}</bdi>
                  {state !== 'read' && (
                    <span className={state === 'notRead' ? styles['why'] : styles['quiet']}>{state === 'notRead' ? why : 'Waiting'}</span>
                  )}
                </span>
                <IconButton label={`Remove ${name}`} size="small" onClick={() => attachments.remove(localId)}>
                  <X size={14} aria-hidden="true" />
                </IconButton>
              </li>
            ))}
          </ul>
        </details>
      }
    />
  );
}
