import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import styles from './ImportModelDialog.module.css';
import { ModelCheckResult } from './ModelCheckResult.tsx';
import { ModelError } from './ModelError.tsx';
import { PathField } from './PathField.tsx';
import { useImportModel } from './useImportModel.ts';

/** Asks for the file, shows what is in it, and adds it. */
export function ImportByPath({ onAdded }: { readonly onAdded: () => void }) {
  const [path, setPath] = useState('');
  const [projectorPath, setProjectorPath] = useState('');
  const { state, check, add, reset } = useImportModel();

  const change = (next: string): void => {
    setPath(next);
    reset();
  };
  const addAndClose = async (): Promise<void> => {
    if (await add(path.trim(), projectorPath.trim())) onAdded();
  };
  const usable = (state.kind === 'checked' && state.result.ok && state.result.kind === 'text') || state.kind === 'adding';
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
      {state.kind === 'failed' && <ModelError error={state.error} />}
      <div className={styles['actions']}>
        {usable ? (
          <Button variant="primary" disabled={state.kind === 'adding'} onClick={() => void addAndClose()}>
            {state.kind === 'adding' ? 'Adding…' : 'Add and use'}
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
