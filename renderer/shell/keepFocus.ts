/** A part of the window that the focus stays in when something in it goes. */
const homes = '[data-column], [role="dialog"], [role="alertdialog"]';
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';

/**
 * Whoever works by keys never loses the place: when the element that has the focus goes, the focus goes to what stands in its place, else beside it,
 * else to its column's main control. A column that goes hands it back to where it was in the conversation. Dialogs and menus that go give it back by
 * themselves; this only catches what they cannot. A button that was out of use while it worked has the focus again. After the mouse nothing is moved.
 * @returns stops it
 */
export function keepFocus(root: Document): () => void {
  /** What has the focus, and all around it, from the inside out. */
  let trail: readonly Element[] = [];
  let byKeys = false;
  /** What had the focus last in the conversation. */
  let lastInMain: HTMLElement | null = null;
  let stopped = false;

  const isLost = (): boolean => root.activeElement === root.body || root.activeElement === null;
  const toConversation = (): void => {
    const main = root.querySelector<HTMLElement>('main[data-column]');
    if (lastInMain?.isConnected === true && lastInMain !== main) lastInMain.focus();
    if (isLost()) mainControl(main)?.focus();
  };
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    trail = withAncestors(target);
    if (target.closest('main[data-column]') !== null) lastInMain = target;
  };
  const onBlur = ({ target }: FocusEvent): void => {
    // An element that goes may say so first; one that stays was left on purpose.
    queueMicrotask(() => {
      const [last] = trail;
      if (last !== undefined && last === target && last.isConnected && !last.matches(':disabled')) trail = [];
    });
  };
  const onKey = (): void => void (byKeys = true);
  const onPointer = (): void => void (byKeys = false);
  const onChanged = (records: readonly MutationRecord[]): void => {
    const [last] = trail;
    if (!byKeys || last === undefined || !isLost()) return;
    if (last.isConnected) {
      if (records.some(({ type, target }) => type === 'attributes' && target === last)) (last as HTMLElement).focus();
      return;
    }
    const record = records.findLast(
      ({ removedNodes, target }) => target.isConnected && [...removedNodes].some((node) => trail.includes(node as Element)),
    );
    if (record === undefined) return;
    const path = pathWithin(trail, record);
    trail = [];
    const home = (record.target as Element).closest<HTMLElement>(homes);
    if (home === null) whenSettled(() => !stopped && isLost() && toConversation());
    else {
      const next = beside(record, path);
      if (next !== null) next.focus();
      else if (home.matches('[data-column]')) mainControl(home)?.focus();
    }
  };
  const observer = new MutationObserver(onChanged);
  observer.observe(root.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  root.addEventListener('focusin', onFocus);
  root.addEventListener('focusout', onBlur);
  root.addEventListener('keydown', onKey, true);
  root.addEventListener('pointerdown', onPointer, true);
  return () => {
    stopped = true;
    observer.disconnect();
    root.removeEventListener('focusin', onFocus);
    root.removeEventListener('focusout', onBlur);
    root.removeEventListener('keydown', onKey, true);
    root.removeEventListener('pointerdown', onPointer, true);
  };
}

/** The way down from what was removed to what had the focus, as places among children. */
function pathWithin(trail: readonly Element[], { removedNodes }: MutationRecord): readonly number[] {
  const top = trail.findIndex((element) => [...removedNodes].includes(element));
  return trail
    .slice(0, top)
    .map((element) => [...(element.parentElement?.children ?? [])].indexOf(element))
    .reverse();
}

/** What to go on with at the place of a removal: in what replaced it, else in the one after, else in the one before. */
function beside({ target: parent, previousSibling, nextSibling }: MutationRecord, path: readonly number[]): HTMLElement | null {
  const isHere = (node: Node | null): node is Node => node?.parentNode === parent;
  const replacement =
    nextSibling === null || isHere(nextSibling)
      ? nextSibling === null
        ? parent.lastChild
        : nextSibling.previousSibling
      : isHere(previousSibling)
        ? previousSibling.nextSibling
        : parent.firstChild;
  if (replacement !== null && replacement !== previousSibling) return controlAt(replacement, path);
  return (isHere(nextSibling) ? controlAt(nextSibling, path) : null) ?? (isHere(previousSibling) ? controlAt(previousSibling, path) : null);
}

/** The control at the end of the path, else the first one in the nearest part of the way. */
function controlAt(node: Node, path: readonly number[]): HTMLElement | null {
  if (!(node instanceof HTMLElement)) return null;
  const way: Element[] = [node];
  for (const place of path) {
    const next = way.at(-1)?.children[place];
    if (next === undefined) break;
    way.push(next);
  }
  for (const element of way.reverse()) {
    const control = element.matches(focusable) ? element : element.querySelector(focusable);
    if (control instanceof HTMLElement) return control;
  }
  return null;
}

function mainControl(column: HTMLElement | null): HTMLElement | null {
  return column?.querySelector<HTMLElement>('[data-column-focus]') ?? column;
}

function withAncestors(element: Element): readonly Element[] {
  const all: Element[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) all.push(at);
  return all;
}

/** Dialogs and menus give the focus back a moment after they have gone. */
function whenSettled(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}
