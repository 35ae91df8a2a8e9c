// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import type { MeaningState } from '../../../../electron/shared/asking.ts';
import { pickerEntries } from '../../../../renderer/features/models/pickerEntries.ts';
import { MeaningSettings } from '../../../../renderer/features/settings/MeaningSettings.tsx';
import { eventually } from '../../../fakes/eventually.ts';
import type { FakeHost } from '../../../fakes/fakeHost.ts';
import { searchModel } from '../../../fakes/preview/modelScenes.ts';
import { sampleState } from '../../../fakes/preview/samples.ts';
import { type ShownPart, showPart } from '../harness.tsx';

const quiet: MeaningState = { documents: 14, ready: 11, distrusted: 0, working: null, memoryBytes: 0, problem: null };
let shown: ShownPart;
afterEach(() => shown.close());
function show(here: boolean): FakeHost {
  const { models } = sampleState();
  shown = showPart(<MeaningSettings />, { state: sampleState({ models: here ? [...models, searchModel] : models }), meaning: quiet });
  return shown.host;
}
const see = (words: RegExp): Promise<void> => eventually(() => expect(document.body.textContent).toMatch(words));

it('says what the search model is, what it has prepared and what it does, as it goes on', async () => {
  const host = show(true);
  await see(/EmbeddingGemma 300M · Q8_0 · 329 MB · takes \d+ MB of memory while it works\..*11 of 14 documents ready\./);
  host.emit({
    name: 'meaning.changed',
    payload: { ...quiet, distrusted: 2, working: { name: 'a.pdf', done: 1, total: 4 }, memoryBytes: 3.91e8 },
  });
  await see(/preparing a\.pdf, 25 % · 2 stay with words, since meaning did not find their own sentences · 391 MB in memory\./);
  host.emit({ name: 'meaning.changed', payload: { ...quiet, problem: { code: 'engineStopped', details: { reason: 'it died' } } } });
  await see(/it died|stopped/i);
});

it('can be turned off, which is said', async () => {
  show(true);
  await see(/11 of 14/);
  document.querySelector<HTMLButtonElement>('[role=switch]')?.click();
  await see(/Off\. Documents are searched by their words\./);
});

it('without a search model says how to get one; with one, it is no model for answers', async () => {
  show(false);
  await see(/Documents are searched by their words\. With an EmbeddingGemma file/);
  const { sizes, others } = pickerEntries([...sampleState().models, searchModel], { engine: { kind: 'idle' }, modelId: null });
  expect([...sizes, ...others].flatMap(({ variants }) => variants).some(({ id }) => id === searchModel.id)).toBe(false);
});

const press = (words: string): void => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words);
  expect(button, words).toBeDefined();
  button?.click();
};

it('once removed, it can be taken back where it was removed', async () => {
  show(true);
  await see(/11 of 14/);
  press('Remove the model');
  await see(/Removed EmbeddingGemma 300M\..*Documents are searched by their words\./);
  expect(shown.facet.notices.shown(), 'a notice would lie above the dialog, out of reach').toEqual([]);
  press('Undo');
  await see(/11 of 14 documents ready\./);
  expect(document.body.textContent).not.toContain('Removed');
});

it('once removed and left, a notice goes on offering it', async () => {
  const host = show(true);
  await see(/11 of 14/);
  press('Remove the model');
  await see(/Removed EmbeddingGemma 300M\./);
  shown.root.render(null);
  await eventually(() => expect(shown.facet.notices.shown().map(({ text }) => text)).toEqual(['Removed EmbeddingGemma 300M.']));
  shown.facet.notices.act(shown.facet.notices.shown()[0]?.id ?? -1);
  await eventually(() => expect(host.state().models.map(({ id }) => id)).toContain(searchModel.id));
});
