import { FolderInput } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { isCancelled, toErrorData } from '../../../electron/shared/errors.ts';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { TextField } from '../../components/TextField.tsx';
import { sentence } from '../../state/sentence.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { useFetched } from '../../state/useFetched.ts';
import styles from './SettingsDialog.module.css';

/** Where downloaded models lie, and another disk for them. A browser may not name folders of the machine; there the command is told. */
export function ModelsFolderSettings() {
  const { client, view } = useFacet();
  const pathsAllowed = useApp(({ description }) => description?.pathsAllowed ?? false);
  const [folder, setFolder] = useFetched('modelsFolder.describe');
  const [typed, setTyped] = useState<string | null>(null);
  const target = typed ?? folder?.unfinishedMove ?? '';
  const [fraction, setFraction] = useState<number | null>(null);
  const moving = useRef<AbortController | null>(null);
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.name !== 'modelsFolder.moved') return;
        const { done, total } = event.payload;
        setFraction(total === 0 ? 1 : done / total);
      }),
    [client],
  );
  const move = async (): Promise<void> => {
    const abort = new AbortController();
    moving.current = abort;
    setFraction(0);
    try {
      setFolder(await client.request('modelsFolder.move', { path: target.trim() }, abort.signal));
      setTyped(null);
    } catch (error) {
      if (!isCancelled(error)) view.notify(sentence(toErrorData(error)));
    } finally {
      moving.current = null;
      setFraction(null);
    }
  };
  return (
    <section className={styles['group']} aria-label="Models folder">
      <p className={styles['note']} role="status">
        {folder === null
          ? 'Looking for the models folder'
          : `Downloaded models lie in ${folder.path}: ${bytesInWords(folder.bytes)}, ${bytesInWords(folder.freeBytes)} free.`}
      </p>
      {!pathsAllowed && <p className={styles['note']}>To move them to another disk: facet models folder --move DIR</p>}
      {pathsAllowed && (
        <TextField
          label="Move them to"
          hint={
            (folder?.unfinishedMove ?? null) === null
              ? 'The full path of a folder. The old files stay until all are verified there.'
              : 'This move was cut off; it goes on where it stopped.'
          }
          value={target}
          onValueChange={setTyped}
          disabled={fraction !== null}
        />
      )}
      {pathsAllowed && fraction !== null && <ProgressBar text="Moving the models" fraction={fraction} />}
      {pathsAllowed && (target.trim() !== '' || fraction !== null) && (
        <div className={styles['reload']}>
          {fraction === null ? (
            <Button size="small" icon={<FolderInput size={16} />} onClick={() => void move()}>
              Move
            </Button>
          ) : (
            <Button size="small" onClick={() => moving.current?.abort()}>
              Stop
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
