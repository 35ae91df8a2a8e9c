import { X } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { packWords } from './packWords.ts';
import styles from './SettingsDialog.module.css';

interface PackDownloadProps {
  /** What comes, such as `French`. */
  readonly name: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly onCancel: () => void;
}

/** A download of a setting's own: how much of it is here, and a way to give it up. */
export function PackDownload({ name, receivedBytes, totalBytes, onCancel }: PackDownloadProps) {
  return (
    <>
      <div className={styles['progress']}>
        <ProgressBar fraction={receivedBytes / Math.max(1, totalBytes)} text={packWords(name, receivedBytes, totalBytes)} />
      </div>
      <Button size="small" icon={<X size={16} />} aria-label={`Cancel: ${name}`} onClick={onCancel}>
        Cancel
      </Button>
    </>
  );
}
