import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { closeOnEscape } from './closeOnEscape.ts';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';
import { classNames } from './classNames.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence under the title; also what a screen reader says on opening. */
  readonly description?: string;
  /** `narrow` 440 px, `wide` 760 px, `broad` 1080 px; all shrink to the window. */
  readonly width?: 'narrow' | 'wide' | 'broad';
  /** `top` for dialogs whose height changes while they are used: their head stays where it is. */
  readonly placement?: 'centre' | 'top';
  /** Buttons at the end. */
  readonly footer?: ReactNode;
  readonly children?: ReactNode;
}

/** A modal dialog: focus stays inside, Escape closes, focus returns to where it was. */
export function Dialog({ open, onOpenChange, title, description, width = 'narrow', placement = 'centre', footer, children }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles['overlay']} />
        <Primitive.Content
          className={classNames(styles['content'], styles[width], styles[placement])}
          onOpenAutoFocus={focusFirst}
          onKeyDown={closeOnEscape(onOpenChange)}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className={styles['header']}>
            <Primitive.Title className={styles['title']}>{title}</Primitive.Title>
          </header>
          {description !== undefined && <Primitive.Description className={styles['description']}>{description}</Primitive.Description>}
          <div className={styles['body']}>{children}</div>
          {footer !== undefined && <footer className={styles['footer']}>{footer}</footer>}
          <div className={styles['close']}>
            <Primitive.Close asChild>
              <IconButton label="Close">
                <X size={16} />
              </IconButton>
            </Primitive.Close>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/**
 * A field or the tabs that a dialog begins with have the focus, else the dialog itself: a button in focus would show its tooltip at once, and a field
 * further down would take keys that were not meant for it.
 */
function focusFirst(event: Event): void {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  event.preventDefault();
  const first = content.querySelector<HTMLElement>('input, textarea, select, button, summary');
  const start = first?.matches('[role="tab"]') === true ? content.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') : first;
  (start?.matches('input, textarea, [role="tab"]') === true ? start : content).focus();
}
