import { X } from 'lucide-react';
import { useState } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { isBeingAdded, type Model } from '../../../electron/shared/models.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import styles from './DownloadsPanel.module.css';
import { ModelDownload } from './ModelDownload.tsx';
import { downloadProgress } from './modelWords.ts';
import { useModelActions } from './useModelActions.ts';
import { variantWords } from './variantWords.ts';

/** Less than this is fetched again in seconds: nobody is asked, in bytes. */
const askedBytes = 20e6;

export interface DownloadRowProps {
  readonly model: Model;
  readonly models: readonly Model[];
  readonly offline: boolean;
  readonly onDownload: (model: Model) => void;
}

export function DownloadRow({ model, models, offline, onDownload }: DownloadRowProps) {
  const { discard } = useModelActions();
  const [asking, setAsking] = useState(false);
  const { state } = model;
  const received = 'receivedBytes' in state ? state.receivedBytes : 0;
  const progress = downloadProgress(state);
  return (
    <article className={styles['row']} aria-label={model.name}>
      <div className={styles['head']}>
        <p className={styles['name']}>
          {model.name} {!isBeingAdded(model) && <span className={styles['variant']}>{variantWords(model).name}</span>}
        </p>
        {!isBeingAdded(model) && (
          <IconButton
            label={`Cancel the download of ${model.name}`}
            size="small"
            onClick={() => (received > askedBytes ? setAsking(true) : void discard(model.id))}
          >
            <X size={16} />
          </IconButton>
        )}
      </div>
      {isBeingAdded(model) ? (
        <ProgressBar fraction={progress?.fraction ?? null} text={progress?.words ?? ''} />
      ) : (
        <ModelDownload model={model} models={models} onDownload={onDownload} disabled={offline} />
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Stop downloading ${model.name}?`}
        body={`The ${bytesInWords(received)} received so far are deleted. Pause keeps them.`}
        confirmLabel="Stop and delete"
        tone="danger"
        onConfirm={() => void discard(model.id)}
      />
    </article>
  );
}
