import type { KeyboardEvent } from 'react';

/** Enter without Shift, and not the Enter that takes a word from an input method. */
export function isSendKey(event: KeyboardEvent): boolean {
  // Safari ends the composition before the key; 229 is how it still says so.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const composing = event.nativeEvent.isComposing || event.keyCode === 229;
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !composing;
}
