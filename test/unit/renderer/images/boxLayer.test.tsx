// @vitest-environment jsdom
import { act, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Rect } from '../../../../electron/shared/attachments.ts';
import { BoxLayer } from '../../../../renderer/features/images/BoxLayer.tsx';

const size = { width: 400, height: 300 };
const box = (x: number): Rect => ({ x, y: 10, width: 40, height: 40 });
let root: Root;

function Picture() {
  const [boxes, setBoxes] = useState([box(10), box(100), box(200)]);
  return (
    <>
      <BoxLayer size={size} boxes={boxes} onChange={(changed) => setBoxes([...changed])} />
      <button type="button" data-add-box>
        Add a box
      </button>
    </>
  );
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  act(() => root.render(<Picture />));
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
});

const boxes = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-box]')];
const press = (key: string): void =>
  act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));

it('keeps the focus when boxes are deleted: on the next one, the last one left, and then on the way to a new one', () => {
  boxes()[1]?.focus();
  press('Delete');
  expect(boxes()).toHaveLength(2);
  expect(document.activeElement).toBe(boxes()[1]);
  press('Backspace');
  expect(document.activeElement).toBe(boxes()[0]);
  press('Delete');
  expect(boxes()).toHaveLength(0);
  expect(document.activeElement?.textContent).toBe('Add a box');
});
