import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnswerCoverage } from '../../../../electron/shared/asking.ts';
import { embeddingSpec, tinyEmbedding } from '../../../fakes/embeddingShapes.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';
import { writeRandom } from '../../../fakes/trueShapes.ts';

let dataFolder: string;
let facet: ScriptedServices;
let searchModel: string;
const topics = ['physician', 'automobile', 'dwelling', 'greenhouse', 'harbour', 'ledger', 'blackboard', 'boiler'];
const sayings = [
  'visits on Tuesdays and brings vaccines',
  'wants new tyres before the winter comes',
  'belongs to one family since three centuries',
  'opens its doors when the seedlings arrive',
  'was built with stones that came by raft',
  'holds every printed sheet of the press',
  'wants a wet cloth and dry chalk beside',
  'reaches ninety degrees within the hour',
];

beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder, preparesViews: true });
  await facet.client.request('settings.update', { patch: { modelId, contextTokens: 1_024, maxTokens: 64 } });
  const path = join(dataFolder, 'embedding.gguf');
  await writeRandom(path, embeddingSpec(tinyEmbedding));
  searchModel = (await facet.client.request('model.import', { path, projectorPath: null })).id;
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function addBooklet(hidden = false): Promise<string> {
  const path = join(dataFolder, 'booklet.md');
  // Each part is about a page, so that not all of them fit.
  const filler = Array.from({ length: 60 }, (_, word) => `filler${'abcdefghij'[word % 10] ?? ''}`).join(' ');
  writeFileSync(
    path,
    topics.map((topic, place) => `# Part ${String(place)}\n\nThe ${topic} ${sayings[place] ?? ''}. ${filler}.`).join('\n\n'),
  );
  const { id } = await facet.client.request('attachment.addFile', { path, ...(hidden ? { private: true } : {}) });
  await facet.client.request('attachment.read', { id });
  return id;
}

async function coverageOf(question: string, attachmentId: string): Promise<AnswerCoverage | undefined> {
  const { id } = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', {
    conversationId: id,
    parentId: null,
    text: question,
    attachments: [{ attachmentId, panScan: 'off', regions: [] }],
    options: { mode: 'relevant' },
  });
  const { state } = await facet.answered(sent.assistantMessageId);
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  return state.receipt.coverage;
}

test('a search model prepares documents in idle time, and answers say how their parts were found', async () => {
  const listed = (await facet.client.request('app.snapshot', {})).state.models.find(({ id }) => id === searchModel);
  expect(listed).toMatchObject({ search: true, state: { kind: 'installed' } });
  const booklet = await addBooklet();
  await expect
    .poll(() => facet.client.request('meaning.describe', {}), { timeout: 30_000 })
    .toMatchObject({ documents: 1, ready: 1, working: null });
  expect(await coverageOf('doctor', booklet)).toMatchObject({ mode: 'relevant', foundBy: 'wordsAndMeaning' });
  await facet.client.request('settings.update', { patch: { searchByMeaning: false } });
  expect(await coverageOf('doctor', booklet)).toMatchObject({ foundBy: 'words' });
});

test('what was prepared is there after a restart, and goes when the model does', async () => {
  const booklet = await addBooklet();
  await expect.poll(() => facet.client.request('meaning.describe', {}), { timeout: 30_000 }).toMatchObject({ ready: 1 });
  await facet.close();
  // A run that prepares nothing, such as the command line's, uses it all the same.
  facet = await startScripted({ dataFolder });
  expect(await coverageOf('doctor', booklet)).toMatchObject({ foundBy: 'wordsAndMeaning' });
  await facet.client.request('model.remove', { id: searchModel });
  expect(await coverageOf('doctor', booklet)).toMatchObject({ foundBy: 'words' });
});

test('a private chat’s document is not prepared', async () => {
  await addBooklet(true);
  await addBooklet();
  await expect.poll(() => facet.client.request('meaning.describe', {}), { timeout: 30_000 }).toMatchObject({ ready: 1, working: null });
  expect(await facet.client.request('meaning.describe', {})).toMatchObject({ documents: 1 });
});

test('it is never used for answers', async () => {
  await expect(facet.client.request('model.load', { id: searchModel })).rejects.toMatchObject({
    data: { code: 'modelInvalid', details: { check: 'search-model' } },
  });
  await expect(facet.client.request('model.bench', { id: searchModel })).rejects.toMatchObject({ data: { code: 'modelMissing' } });
});
