import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { modelId, removeDataFolder, type ScriptedServices, startScripted } from '../../../fakes/scriptedServices.ts';
import { writeGguf } from '../../../fakes/ggufWriter.ts';
import { tinyTextSpec } from '../../../fakes/tinyGemma.ts';

const writtenAt = new Date('2026-01-01T00:00:00Z');

let facet: ScriptedServices;
afterEach(async () => {
  await facet.close();
  removeDataFolder(facet.dataFolder);
});

test('a card that is tested before its first load says so meanwhile', async () => {
  facet = await startScripted({ env: { FACET_SCRIPT_CARD: 'Radeon RX 7600' } });
  const { client } = facet;
  const told: string[] = [];
  client.on('engine.changed', ({ engine }) => {
    if (engine.kind === 'loading' && engine.checking !== true) told.push(engine.testing ?? 'loading');
  });
  expect(await client.request('model.load', { id: modelId })).toMatchObject({ kind: 'ready', modelId });
  expect(told.filter((step, index) => step !== told[index - 1]).slice(0, 5)).toEqual(['loading', 'reference', 'text', 'picture', 'cache']);
  await client.request('model.unload', {});
  told.length = 0;
  await client.request('model.load', { id: modelId });
  expect(new Set(told)).toEqual(new Set(['loading']));
});

test('unloading stops a load that is on its way, and the next load works', async () => {
  facet = await startScripted({ env: { FACET_SCRIPT_LOAD_MS: '3000' } });
  const { client } = facet;
  const loading = new Promise<void>((resolve) => {
    client.on('engine.changed', ({ engine }) => {
      if (engine.kind === 'loading' && engine.fraction > 0) resolve();
    });
  });
  const load = client.request('model.load', { id: modelId });
  const refused = expect(load).rejects.toMatchObject({ data: { code: 'cancelled' } });
  await loading;
  await client.request('model.unload', {});
  await refused;
  expect(facet.services.snapshot().engine).toEqual({ kind: 'idle' });
  expect(await client.request('model.load', { id: modelId })).toMatchObject({ kind: 'ready', modelId });
});

test('the look at its file before a load is told, in the model’s state and at an answer', async () => {
  facet = await startScripted();
  const { client } = facet;
  const states: string[] = [];
  const stages: string[] = [];
  client.on('engine.changed', ({ engine }) => {
    states.push(engine.kind === 'loading' && engine.checking === true ? 'checking' : engine.kind);
  });
  client.on('message.staged', ({ stage }) => {
    if (stage.kind === 'loadingModel') stages.push(stage.checking === true ? 'checking' : 'loading');
  });
  const { id } = await client.request('conversation.create', {});
  await client.request('settings.update', { patch: { modelId } });
  const { assistantMessageId } = await client.request('message.send', {
    conversationId: id,
    parentId: null,
    text: 'hello',
    attachments: [],
  });
  await facet.answered(assistantMessageId);
  expect(states.indexOf('checking')).toBe(0);
  expect(states.lastIndexOf('checking')).toBeLessThan(states.indexOf('ready'));
  expect(stages[0]).toBe('checking');
  expect(stages).toContain('loading');
});

test('a model whose file is refused leaves the one in memory in use', async () => {
  facet = await startScripted();
  const { client } = facet;
  await client.request('model.load', { id: modelId });
  const bad = join(facet.dataFolder, 'bad.gguf');
  const sound = writeGguf(tinyTextSpec());
  writeFileSync(bad, sound);
  utimesSync(bad, writtenAt, writtenAt);
  const { id } = await client.request('model.import', { path: bad, projectorPath: null });
  writeFileSync(bad, Buffer.alloc(sound.length));
  utimesSync(bad, writtenAt, writtenAt);
  await expect(client.request('model.load', { id })).rejects.toMatchObject({ data: { code: 'modelInvalid' } });
  expect(facet.services.snapshot().engine).toMatchObject({ kind: 'ready', modelId });
});
