/** Puts the cursor where the next message is written; nothing where there is no such field. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>('[data-composer-input]')?.focus();
}
