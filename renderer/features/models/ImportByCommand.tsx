import { Copy, RotateCw } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useApp } from '../../state/useFacet.ts';
import { useCopy } from '../chat/useCopy.ts';
import styles from './ImportModelDialog.module.css';
import { importCommand } from './importCommand.ts';

/** In a browser: the command that adds the file, and a look at the result. */
export function ImportByCommand({ fileName }: { readonly fileName: string }) {
  const dataFolder = useApp(({ description }) => description?.dataFolder ?? '');
  const { copied, copy } = useCopy();
  const command = importCommand(dataFolder, fileName);
  return (
    <>
      <p>A page in a browser may not name files of this computer. Give the file to Facet in a terminal instead:</p>
      <div className={styles['command']}>
        <code>{command}</code>
        <IconButton label={copied ? 'Copied' : 'Copy the command'} onClick={() => copy(command)}>
          <Copy size={16} />
        </IconButton>
      </div>
      <p className={styles['note']}>
        A vision part beside the file is found by itself. In a checkout of Facet, write “npm run -s facet --” instead of “facet”.
      </p>
      <div className={styles['actions']}>
        <Button icon={<RotateCw size={16} />} onClick={() => window.location.reload()}>
          Look again
        </Button>
      </div>
    </>
  );
}
