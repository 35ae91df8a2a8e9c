// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepFocus } from '../../../../renderer/shell/keepFocus.ts';
import { eventually } from '../../../fakes/eventually.ts';

let root: Root;
let stop: () => void;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  stop = keepFocus(document);
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(() => {
  act(() => root.unmount());
  stop();
  document.body.replaceChildren();
});

interface WindowProps {
  readonly files?: readonly string[];
  readonly beside?: boolean;
  readonly children?: ReactNode;
}

/** The conversation with files to take off, and the column beside it. */
function Window({ files = [], beside = false, children }: WindowProps) {
  return (
    <>
      <main data-column tabIndex={-1}>
        {children}
        <div>
          {files.length > 0 && (
            <ul>
              {files.map((name) => (
                <li key={name}>
                  <button type="button">{name}</button>
                  <button type="button">{`Remove ${name}`}</button>
                </li>
              ))}
            </ul>
          )}
          <textarea aria-label="Message" data-column-focus />
        </div>
        <button type="button">Chip</button>
      </main>
      {beside && (
        <aside data-column tabIndex={-1}>
          <button type="button">Close</button>
        </aside>
      )}
    </>
  );
}

const show = (props: WindowProps): void => act(() => root.render(<Window {...props} />));
const focusOn = (words: string): void => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words);
  expect(button, words).toBeDefined();
  button?.focus();
};
const byKey = (words: string): void => {
  focusOn(words);
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
};
const focused = (): string => {
  const { activeElement } = document;
  return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
};
const goesTo = (words: string): Promise<void> => eventually(() => expect(focused()).toBe(words));

it('goes on at the same button of the next file, then of the one before, then to the message', async () => {
  show({ files: ['a', 'b', 'c'] });
  byKey('Remove b');
  show({ files: ['a', 'c'] });
  await goesTo('Remove c');
  show({ files: ['a'] });
  await goesTo('Remove a');
  show({ files: [] });
  await goesTo('Message');
});

it('goes to the same button of what takes the place, or to another one there when that cannot be pressed', async () => {
  const versions = (key: string, last: boolean): ReactNode => (
    <article key={key}>
      <p>{key}</p>
      <span>
        <button type="button">{`Before ${key}`}</button>
        <button type="button" disabled={last}>{`After ${key}`}</button>
      </span>
    </article>
  );
  show({ children: versions('1', false) });
  byKey('After 1');
  show({ children: versions('2', false) });
  await goesTo('After 2');
  show({ children: versions('3', true) });
  await goesTo('Before 3');
});

it('goes from an editor to the button that stands in its place again', async () => {
  const card = (editing: boolean): ReactNode => (
    <section>
      <p>Sum</p>
      {!editing && <button type="button">Rows</button>}
      {editing ? (
        <form>
          <button type="button">Cancel</button>
        </form>
      ) : (
        <div>
          <button type="button">Change</button>
        </div>
      )}
    </section>
  );
  show({ children: card(true) });
  byKey('Cancel');
  show({ children: card(false) });
  await goesTo('Change');
});

it('goes back to where it was in the conversation when the column beside closes', async () => {
  show({ beside: true });
  byKey('Chip');
  byKey('Close');
  show({ beside: false });
  await goesTo('Chip');
});

it('comes back to a button that was out of use while it worked', async () => {
  const busy = (working: boolean): ReactNode => (
    <button type="button" disabled={working}>
      Run
    </button>
  );
  show({ children: busy(false) });
  byKey('Run');
  const button = document.activeElement as HTMLElement;
  show({ children: busy(true) });
  // A browser takes the focus off a button that is out of use.
  button.blur();
  expect(document.activeElement).toBe(document.body);
  show({ children: busy(false) });
  await goesTo('Run');
});

it('stays where the user has put it: after the mouse, and when something else was left on purpose', async () => {
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    });
  show({ files: ['a', 'b'] });
  byKey('Remove a');
  document.dispatchEvent(new Event('pointerdown'));
  show({ files: ['b'] });
  await settled();
  expect(document.activeElement).toBe(document.body);
  byKey('Remove b');
  (document.activeElement as HTMLElement).blur();
  await settled();
  show({ files: [] });
  await settled();
  expect(document.activeElement).toBe(document.body);
});
