import { X } from 'lucide-react';
import { Toast as Primitive } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import styles from './Toast.module.css';
import type { Toast, ToastQueue } from './toastQueue.ts';

/** Long enough to read and to reach Undo; hovering, focusing or leaving the window stops the clock. */
const durationMs = 8000;

/** Shows the toasts of a queue below the header and reads them out politely. Once, at the root. */
export function ToastRegion({ queue }: { readonly queue: ToastQueue }) {
  const toasts = useSyncExternalStore(queue.subscribe, queue.shown);
  return (
    <Primitive.Provider duration={durationMs} label="Notice" swipeDirection="up">
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} queue={queue} />
      ))}
      <Primitive.Viewport className={styles['viewport']} label="Notices ({hotkey})" />
    </Primitive.Provider>
  );
}

function ToastItem({ toast, queue }: { readonly toast: Toast; readonly queue: ToastQueue }) {
  return (
    <Primitive.Root
      className={styles['toast']}
      type="background"
      onOpenChange={(open) => {
        if (!open) queue.dismiss(toast.id);
      }}
    >
      <Primitive.Description className={styles['text']}>{toast.text}</Primitive.Description>
      {toast.action !== null && (
        <Primitive.Action asChild altText={toast.action.label}>
          <Button size="small" variant="quiet" onClick={() => queue.act(toast.id)}>
            {toast.action.label}
          </Button>
        </Primitive.Action>
      )}
      <Primitive.Close asChild>
        <IconButton label="Dismiss" size="small">
          <X size={16} />
        </IconButton>
      </Primitive.Close>
    </Primitive.Root>
  );
}
