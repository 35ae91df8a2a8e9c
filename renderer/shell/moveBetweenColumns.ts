/** Moves the focus to the next column that is shown (-1: the one before), into its main control where it has one. */
export function moveBetweenColumns(step: 1 | -1): void {
  const columns = [...document.querySelectorAll<HTMLElement>('[data-column]')];
  if (columns.length === 0) return;
  const here = columns.findIndex((column) => column.contains(document.activeElement));
  const next = columns[(here + step + columns.length) % columns.length];
  (next?.querySelector<HTMLElement>('[data-column-focus]') ?? next)?.focus();
}
