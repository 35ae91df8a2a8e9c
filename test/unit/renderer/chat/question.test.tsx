// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it } from 'vitest';
import { Question } from '../../../../renderer/features/chat/Question.tsx';
import type { Facet } from '../../../../renderer/state/createFacet.ts';
import { eventually } from '../../../fakes/eventually.ts';
import { createFakeHost } from '../../../fakes/fakeHost.ts';
import { lease, receipt, sampleState, userMessage } from '../../../fakes/preview/samples.ts';
import { Frame, testFacet } from '../harness.tsx';

let facet: Facet;
let root: Root;
afterEach(() => {
  act(() => root.unmount());
  facet.close();
  document.body.replaceChildren();
});

async function show(files: number): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const attachments = Array.from({ length: files }, (_, index) => ({ ...lease, id: `f${index}`, name: `note-${index}.txt` }));
  const state = sampleState({ attachments });
  const host = createFakeHost({ state, conversations: [], script: () => ({ stages: [], pieces: [], pauseMs: 0, receipt }) });
  facet = testFacet(() => host.openPort());
  root = createRoot(document.body.appendChild(document.createElement('div')));
  const uses = attachments.map(({ id }) => ({ attachmentId: id, panScan: 'auto', regions: [] }) as const);
  await act(async () => {
    root.render(
      <Frame facet={facet}>
        <Question message={userMessage('1', null, 'And?', { attachments: uses })} siblings={['1']} />
      </Frame>,
    );
    await eventually(() => expect(facet.stores.app.getState().app).not.toBeNull());
  });
}

const names = (): readonly string[] => [...new Set(document.body.textContent.match(/note-\d+\.txt/g))];
const more = (): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent.endsWith(' more files'));

it('a few files stand above their question, all of them', async () => {
  await show(7);
  expect(names()).toHaveLength(7);
  expect(more()).toBeUndefined();
});

it('of many the first do, and a button shows the others', async () => {
  await show(30);
  expect(names()).toEqual(['note-0.txt', 'note-1.txt', 'note-2.txt', 'note-3.txt', 'note-4.txt', 'note-5.txt']);
  expect(more()?.textContent).toBe('24 more files');
  act(() => more()?.click());
  expect(names()).toHaveLength(30);
  expect(more()).toBeUndefined();
});
