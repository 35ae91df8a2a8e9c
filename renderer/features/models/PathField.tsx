import { FolderOpen } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './ImportModelDialog.module.css';
import { pickPath } from './pickPath.ts';

export interface PathFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly hint?: string;
  readonly value: string;
  readonly onValueChange: (path: string) => void;
}

/** A path, typed or taken from the system's file dialog. */
export function PathField({ label, placeholder, hint, value, onValueChange }: PathFieldProps) {
  const { pathOf } = useFacet();
  const choose = async (): Promise<void> => {
    const picked = await pickPath(pathOf);
    if (picked !== null) onValueChange(picked);
  };
  return (
    <div className={styles['path']}>
      <TextField label={label} placeholder={placeholder} hint={hint} value={value} onValueChange={onValueChange} spellCheck={false} />
      <Button icon={<FolderOpen size={16} />} aria-label={`Choose: ${label}`} onClick={() => void choose()}>
        Choose…
      </Button>
    </div>
  );
}
