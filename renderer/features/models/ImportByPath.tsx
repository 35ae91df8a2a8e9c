import { isBeingAdded } from '../../../electron/shared/models.ts';
import { useEffect, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Segments } from '../../components/Segments.tsx';
import { useApp } from '../../state/useFacet.ts';
import type { DroppedModel } from '../../state/viewStore.ts';
import styles from './ImportModelDialog.module.css';
import { ModelCheckResult } from './ModelCheckResult.tsx';
import { ModelError } from './ModelError.tsx';
import { downloadProgress } from './modelWords.ts';
import { PathField } from './PathField.tsx';
import { useImportModel } from './useImportModel.ts';

export interface ImportByPathProps {
  /** Checked at once. */
  readonly dropped: DroppedModel | null;
  readonly onAdded: () => void;
}

/** Asks for the file, shows what is in it, and adds it. */
export function ImportByPath({ dropped, onAdded }: ImportByPathProps) {
  const [path, setPath] = useState(dropped?.path ?? '');
  const [projectorPath, setProjectorPath] = useState(dropped?.projectorPath ?? '');
  const [place, setPlace] = useState<'here' | 'copy'>('here');
  const { state, check, add, cancel, reset } = useImportModel();
  const job = useApp(({ app }) => app?.models.find(isBeingAdded));

  useEffect(() => {
    if (dropped !== null && dropped.path !== '') void check(dropped.path);
    // A dropped file is checked once, when it comes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dropped]);
  const change = (next: string): void => {
    setPath(next);
    reset();
  };
  const addAndClose = async (): Promise<void> => {
    if (await add({ path: path.trim(), projectorPath: projectorPath.trim(), copy: place === 'copy' })) onAdded();
  };
  const adding = state.kind === 'adding';
  const usable = (state.kind === 'checked' && state.result.ok && state.result.kind !== 'projector') || adding;
  const progress = job === undefined ? null : downloadProgress(job.state);
  return (
    <>
      <PathField label="Model file" placeholder="gemma-3-4b-it-Q4_K_M.gguf" value={path} onValueChange={change} />
      <PathField
        label="Vision part (optional)"
        placeholder="mmproj-model-f16.gguf"
        hint="Left empty, Facet looks for a matching one in the same folder. Without it the model cannot see pictures."
        value={projectorPath}
        onValueChange={setProjectorPath}
      />
      {state.kind === 'checked' && <ModelCheckResult result={state.result} />}
      {usable && (
        <Segments
          label="Where it is kept"
          name="import-place"
          value={place}
          onValueChange={setPlace}
          segments={[
            { value: 'here', word: 'Use it where it lies', means: 'Nothing is copied. It must stay where it is.' },
            { value: 'copy', word: 'Copy it into Facet', means: 'Takes its size on the disk once more; the original can go.' },
          ]}
        />
      )}
      {state.kind === 'failed' && <ModelError error={state.error} />}
      {adding && <ProgressBar fraction={progress?.fraction ?? null} text={progress?.words ?? 'Looking through the file'} />}
      <div className={styles['actions']}>
        {adding && <Button onClick={cancel}>Stop</Button>}
        {usable ? (
          <Button variant="primary" disabled={adding} onClick={() => void addAndClose()}>
            {adding ? 'Adding…' : 'Add and use'}
          </Button>
        ) : (
          <Button variant="primary" disabled={path.trim() === '' || state.kind === 'checking'} onClick={() => void check(path.trim())}>
            {state.kind === 'checking' ? 'Checking…' : 'Check the file'}
          </Button>
        )}
      </div>
    </>
  );
}
