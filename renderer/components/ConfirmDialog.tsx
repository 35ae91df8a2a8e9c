import { AlertDialog } from 'radix-ui';
import { Button } from './Button.tsx';
import { closeOnEscape } from './closeOnEscape.ts';
import styles from './Dialog.module.css';
import { classNames } from './classNames.ts';

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The question, such as "Remove Gemma 3 4B?" */
  readonly title: string;
  /** What will be gone and what stays. */
  readonly body: string;
  /** The verb, such as "Remove". */
  readonly confirmLabel: string;
  readonly tone?: 'normal' | 'danger';
  readonly onConfirm: () => void;
}

/** Asks before something that cannot be undone; the safe answer has the focus. */
export function ConfirmDialog({ open, onOpenChange, title, body, confirmLabel, tone = 'normal', onConfirm }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles['overlay']} />
        <AlertDialog.Content
          className={classNames(styles['content'], styles['narrow'], styles['centre'])}
          onKeyDown={closeOnEscape(onOpenChange)}
        >
          <header className={styles['header']}>
            <AlertDialog.Title className={styles['title']}>{title}</AlertDialog.Title>
          </header>
          <AlertDialog.Description className={styles['description']}>{body}</AlertDialog.Description>
          <footer className={styles['footer']}>
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant={tone === 'danger' ? 'danger' : 'primary'} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
