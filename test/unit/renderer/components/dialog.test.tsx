// @vitest-environment jsdom
import { act, type ReactNode, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Dialog } from '../../../../renderer/components/Dialog.tsx';
import { ToastRegion } from '../../../../renderer/components/ToastRegion.tsx';
import { TooltipProvider } from '../../../../renderer/components/Tooltip.tsx';
import { createToastQueue, type ToastQueue } from '../../../../renderer/components/toastQueue.ts';
import { eventually } from '../../../fakes/eventually.ts';

let root: Root;
let notices: ToastQueue;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  notices = createToastQueue();
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
});

function Opened({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(true);
  return (
    <TooltipProvider>
      <Dialog open={open} onOpenChange={setOpen} title="Files">
        {children}
      </Dialog>
      <ToastRegion queue={notices} />
    </TooltipProvider>
  );
}
const dialog = (): Element | null => document.querySelector('[role="dialog"]');
const focused = (): string => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.getAttribute('role') ?? '';

it('Escape closes the dialog at once, also while a notice is shown', async () => {
  act(() =>
    root.render(
      <Opened>
        <input aria-label="Words" />
      </Opened>,
    ),
  );
  await eventually(() => expect(focused()).toBe('Words'));
  act(() => notices.show({ text: 'Deleted “a.pdf”.' }));
  expect(document.body.textContent).toContain('Deleted “a.pdf”.');
  act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })));
  await eventually(() => expect(dialog()).toBeNull());
});

it('begins in a field only where it begins with one', async () => {
  act(() =>
    root.render(
      <Opened>
        <button type="button">First</button>
        <input aria-label="Words" />
      </Opened>,
    ),
  );
  await eventually(() => expect(focused()).toBe('dialog'));
});
