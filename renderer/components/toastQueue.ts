/** One thing that happened and needs no decision. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Such as Undo; taking it closes the toast. */
  readonly action: ToastAction | null;
}

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface NewToast {
  readonly text: string;
  readonly action?: ToastAction;
}

/** Toasts in order of arrival; at most `visible` are shown at a time, the others wait. */
export interface ToastQueue {
  /** Same list until something changes. */
  readonly shown: () => readonly Toast[];
  readonly show: (toast: NewToast) => void;
  readonly dismiss: (id: number) => void;
  /** Runs the action once and closes the toast. */
  readonly act: (id: number) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** A queue for one window. @param visible toasts shown at a time */
export function createToastQueue(visible = 3): ToastQueue {
  let all: readonly Toast[] = [];
  let shown: readonly Toast[] = [];
  let nextId = 1;
  const listeners = new Set<() => void>();
  const change = (toasts: readonly Toast[]): void => {
    all = toasts;
    shown = all.slice(0, visible);
    for (const listener of [...listeners]) listener();
  };
  const dismiss = (id: number): void => {
    if (all.some((toast) => toast.id === id)) change(all.filter((toast) => toast.id !== id));
  };
  return {
    shown: () => shown,
    // The same words again, with nothing to undo, would only repeat what is on the screen.
    show({ text, action }) {
      const repeated = all.find((toast) => toast.text === text && toast.action === null);
      if (repeated !== undefined && action === undefined) return;
      change([...all, { id: nextId++, text, action: action ?? null }]);
    },
    dismiss,
    act(id) {
      const toast = all.find((candidate) => candidate.id === id);
      dismiss(id);
      toast?.action?.run();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
