// @vitest-environment jsdom
import { setTimeout as delay } from 'node:timers/promises';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { facetError } from '../../../../electron/shared/errors.ts';
import type { Port } from '../../../../electron/shared/rpc.ts';
import { SearchPanel } from '../../../../renderer/features/conversations/SearchPanel.tsx';
import type { Facet } from '../../../../renderer/state/createFacet.ts';
import { eventually } from '../../../fakes/eventually.ts';
import { createFakeHost } from '../../../fakes/fakeHost.ts';
import { receipt, sampleState } from '../../../fakes/preview/samples.ts';
import { Frame, testFacet } from '../harness.tsx';

const host = createFakeHost({
  state: sampleState(),
  conversations: [],
  script: () => ({ stages: [], pieces: [], pauseMs: 0, receipt }),
});
let facet: Facet;
let root: Root;
let connect: () => void;

// Without act: what is shown comes when it does, as on a page.
beforeEach(() => {
  const opened = new Promise<void>((resolve) => (connect = resolve));
  facet = testFacet(async (): Promise<Port> => {
    await opened;
    return host.openPort();
  });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(
    <Frame facet={facet}>
      <SearchPanel onClose={() => undefined} />
    </Frame>,
  );
});
afterEach(() => {
  root.unmount();
  facet.close();
  document.body.replaceChildren();
});

const type = async (text: string): Promise<void> => {
  const field = await eventually(() => {
    const found = document.querySelector('input');
    if (found === null) throw new Error('There is no field yet.');
    return found;
  });
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
};
const shown = (): string => document.body.textContent;

it('what was typed before there is a connection is looked for as soon as there is one', async () => {
  await type('lantern');
  await delay(200);
  expect(shown()).not.toContain('fault');
  connect();
  await eventually(() => expect(shown()).toContain('Nothing contains “lantern”.'));
});

it('a search that fails says what happened', async () => {
  connect();
  await eventually(() => expect(facet.stores.app.getState().connection.kind).toBe('connected'));
  vi.spyOn(facet.client, 'request').mockRejectedValue(facetError('diskFailed', { path: '/d/facet.db', reason: 'the disk is gone' }));
  await type('lantern');
  await eventually(() => expect(shown()).toContain('/d/facet.db'));
  expect(shown()).toContain('the disk is gone');
  expect(shown()).not.toContain('[object Object]');
});
