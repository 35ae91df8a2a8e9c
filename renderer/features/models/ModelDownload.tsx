import { Download, Pause, Play } from 'lucide-react';
import type { Model } from '../../../electron/shared/models.ts';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { FailedDownload } from './FailedDownload.tsx';
import styles from './ModelDownload.module.css';
import { sizeWords } from './modelFacts.ts';
import { downloadProgress } from './modelWords.ts';
import { useModelActions } from './useModelActions.ts';

export interface ModelDownloadProps {
  readonly model: Model;
  /** All of them: another source of the same size is offered when a download fails. */
  readonly models: readonly Model[];
  readonly onDownload: (model: Model) => void;
  /** The one button of the view that stands out. */
  readonly primary?: boolean;
  readonly size?: 'medium' | 'small';
  /** It cannot be begun now; what stands in its way is said beside it. */
  readonly disabled?: boolean;
  /** "Download" unless given. */
  readonly verb?: string;
}

/** Download, pause, resume and what went wrong, for a model that is not here yet. Nothing for one that is. */
export function ModelDownload({
  model,
  models,
  onDownload,
  primary = false,
  size = 'medium',
  disabled = false,
  verb = 'Download',
}: ModelDownloadProps) {
  const { pause } = useModelActions();
  const { state } = model;
  const progress = downloadProgress(state);
  switch (state.kind) {
    case 'installed':
      return null;
    case 'available':
      return (
        <Button
          variant={primary ? 'primary' : 'secondary'}
          size={size}
          icon={<Download size={16} />}
          disabled={disabled}
          aria-label={`${verb} ${sizeWords(model)}, ${model.name}`}
          onClick={() => onDownload(model)}
        >
          {verb} {sizeWords(model)}
        </Button>
      );
    case 'queued':
    case 'downloading':
      return (
        <div className={styles['progress']}>
          <ProgressBar fraction={progress?.fraction ?? null} text={progress?.words ?? ''} />
          <Button size="small" icon={<Pause size={16} />} aria-label={`Pause, ${model.name}`} onClick={() => void pause(model.id)}>
            Pause
          </Button>
        </div>
      );
    case 'paused':
      return (
        <div className={styles['progress']}>
          <ProgressBar fraction={progress?.fraction ?? null} text={progress?.words ?? ''} />
          <Button
            size="small"
            icon={<Play size={16} />}
            disabled={disabled}
            aria-label={`Resume, ${model.name}`}
            onClick={() => onDownload(model)}
          >
            Resume
          </Button>
        </div>
      );
    case 'failed':
      return <FailedDownload model={model} error={state.error} models={models} onDownload={onDownload} />;
    default:
      return assertNever(state, 'model state');
  }
}
