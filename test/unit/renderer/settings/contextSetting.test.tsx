// @vitest-environment jsdom
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it } from 'vitest';
import { ModelSettings } from '../../../../renderer/features/settings/ModelSettings.tsx';
import type { Facet } from '../../../../renderer/state/createFacet.ts';
import { eventually } from '../../../fakes/eventually.ts';
import { createFakeHost } from '../../../fakes/fakeHost.ts';
import { sampleState } from '../../../fakes/preview/samples.ts';
import { Frame, memoryStorage, testFacet } from '../harness.tsx';

let facet: Facet;
let root: Root;
afterEach(() => {
  root.unmount();
  facet.close();
  document.body.replaceChildren();
});

it('a context that the model in use cannot hold can be chosen for larger ones, and what this one takes is said', async () => {
  const base = sampleState();
  const [first] = base.models;
  if (first === undefined) throw new Error('the sample has no models');
  const small = { ...first, name: 'Gemma 3 270M', contextLimit: 32_768 };
  const host = createFakeHost({
    state: sampleState({
      models: [small],
      settings: { ...base.settings, modelId: small.id, contextTokens: 65_536 },
      engine: { kind: 'idle' },
    }),
    conversations: [],
    script: () => {
      throw new Error('nothing is asked');
    },
  });
  facet = testFacet(() => host.openPort(), memoryStorage());
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(
    <Frame facet={facet}>
      <ModelSettings />
    </Frame>,
  );
  const field = (): HTMLInputElement | undefined =>
    [...document.querySelectorAll<HTMLInputElement>('[role=spinbutton]')].find(
      (input) => input.labels?.[0]?.textContent === 'Context size',
    );
  await eventually(() => expect(field()?.value).toBe('65,536'));
  expect(field()?.getAttribute('aria-valuemax')).toBe('131072');
  expect(document.body.textContent).toContain('Gemma 3 270M reads at most 32,768 and is loaded with that.');
});
