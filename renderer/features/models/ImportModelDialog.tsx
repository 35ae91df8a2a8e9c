import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/TextField.tsx';
import styles from './ImportModelDialog.module.css';
import { ModelCheckResult } from './ModelCheckResult.tsx';
import { ModelError } from './ModelError.tsx';
import { pickPath } from './pickPath.ts';
import { useImportModel } from './useImportModel.ts';
import { useFacet, useApp } from '../../state/useFacet.ts';

export interface ImportModelDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Takes a Gemma 3 file that is already on this computer: checked first, used where it lies. */
export function ImportModelDialog({ open, onOpenChange }: ImportModelDialogProps) {
  const { pathOf } = useFacet();
  const canPick = useApp(({ description }) => description?.host === 'electron');
  const [path, setPath] = useState('');
  const [projectorPath, setProjectorPath] = useState('');
  const { state, check, add, reset } = useImportModel();

  const close = (): void => {
    reset();
    setPath('');
    setProjectorPath('');
    onOpenChange(false);
  };
  const change = (next: string): void => {
    setPath(next);
    reset();
  };
  const addAndClose = async (): Promise<void> => {
    if (await add(path.trim(), projectorPath.trim())) close();
  };
  const choose = async (take: (path: string) => void): Promise<void> => {
    const picked = await pickPath(pathOf);
    if (picked !== null) take(picked);
  };
  const checked = state.kind === 'checked' && state.result.ok;
  const busy = state.kind === 'checking' || state.kind === 'adding';
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title="Add a model file"
      description="A Gemma 3 model in one GGUF file on this computer. Facet checks it and uses it where it lies; nothing is copied."
      footer={
        checked ? (
          <Button variant="primary" onClick={() => void addAndClose()}>
            Add and use
          </Button>
        ) : (
          <Button variant="primary" disabled={path.trim() === '' || busy} onClick={() => void check(path.trim())}>
            {state.kind === 'checking' ? 'Checking…' : 'Check the file'}
          </Button>
        )
      }
    >
      <div className={styles['path']}>
        <TextField
          label="Model file"
          placeholder="/home/you/models/gemma-3-4b-it-Q4_K_M.gguf"
          hint={
            canPick ? undefined : 'Its whole path on the computer where Facet runs. A browser may not tell Facet where a picked file lies.'
          }
          value={path}
          onValueChange={change}
          spellCheck={false}
        />
        {canPick && (
          <Button icon={<FolderOpen size={16} />} onClick={() => void choose(change)}>
            Choose…
          </Button>
        )}
      </div>
      <div className={styles['path']}>
        <TextField
          label="Vision part (optional)"
          placeholder="mmproj-….gguf"
          hint="Left empty, Facet looks for a matching one in the same folder. Without it the model cannot see pictures."
          value={projectorPath}
          onValueChange={setProjectorPath}
          spellCheck={false}
        />
        {canPick && (
          <Button icon={<FolderOpen size={16} />} onClick={() => void choose(setProjectorPath)}>
            Choose…
          </Button>
        )}
      </div>
      {state.kind === 'checked' && <ModelCheckResult result={state.result} />}
      {state.kind === 'failed' && <ModelError error={state.error} />}
    </Dialog>
  );
}
