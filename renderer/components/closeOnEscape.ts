import type { KeyboardEvent } from 'react';

/** Escape closes the dialog that has the focus, also under a notice, which Radix would close alone. What has used the key before keeps it. */
export const closeOnEscape =
  (onOpenChange: (open: boolean) => void) =>
  (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.nativeEvent.isComposing) onOpenChange(false);
  };
