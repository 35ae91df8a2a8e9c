import { X } from 'lucide-react';
import { Toast as Primitive } from 'radix-ui';
import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import styles from './Toast.module.css';
import type { NewToast, Toast, ToastQueue } from './toastQueue.ts';

const QueueContext = createContext<ToastQueue | null>(null);

/** Long enough to read and to reach Undo; hovering, focusing or leaving the window stops the clock. */
const durationMs = 8000;

/** Shows toasts at the bottom of the window and gives `useToast` to everything inside. Once, at the root. */
export function ToastRegion({ queue, children }: { readonly queue: ToastQueue; readonly children: ReactNode }) {
  const toasts = useSyncExternalStore(queue.subscribe, queue.shown);
  return (
    <QueueContext value={queue}>
      <Primitive.Provider duration={durationMs} label="Notice" swipeDirection="down">
        {children}
        {toasts.map((toast) => (
          <ToastItem key={toast.id} toast={toast} queue={queue} />
        ))}
        <Primitive.Viewport className={styles['viewport']} label="Notices ({hotkey})" />
      </Primitive.Provider>
    </QueueContext>
  );
}

/** Shows a toast. @throws Error outside a ToastRegion */
export function useToast(): (toast: NewToast) => void {
  const queue = use(QueueContext);
  if (queue === null) throw new Error('useToast needs a ToastRegion around it');
  return queue.show;
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
