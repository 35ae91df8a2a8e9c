import type { FocusEvent } from 'react';

/** A radio button that gets the focus is picked: Radix misses that when a key is let go before the focus has moved. */
export function pickFocused({ currentTarget }: FocusEvent<HTMLButtonElement>): void {
  currentTarget.click();
}
