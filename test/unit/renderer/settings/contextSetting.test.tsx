// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { ModelSettings } from '../../../../renderer/features/settings/ModelSettings.tsx';
import { eventually } from '../../../fakes/eventually.ts';
import { sampleState } from '../../../fakes/preview/samples.ts';
import { type ShownPart, showPart } from '../harness.tsx';

let shown: ShownPart;
afterEach(() => shown.close());

it('a context that the model in use cannot hold can be chosen for larger ones, and what this one takes is said', async () => {
  const base = sampleState();
  const [first] = base.models;
  if (first === undefined) throw new Error('the sample has no models');
  const small = { ...first, name: 'Gemma 3 270M', contextLimit: 32_768 };
  const settings = { ...base.settings, modelId: small.id, contextTokens: 65_536 };
  shown = showPart(<ModelSettings />, { state: sampleState({ models: [small], settings, engine: { kind: 'idle' } }) });
  const field = (): HTMLInputElement | undefined =>
    [...document.querySelectorAll<HTMLInputElement>('[role=spinbutton]')].find(
      (input) => input.labels?.[0]?.textContent === 'Context size',
    );
  await eventually(() => expect(field()?.value).toBe('65,536'));
  expect(field()?.getAttribute('aria-valuemax')).toBe('131072');
  expect(document.body.textContent).toContain('Gemma 3 270M reads at most 32,768 and is loaded with that.');
});
