import { afterEach, expect, test } from 'vitest';
import { modelId, removeDataFolder, type ScriptedServices, startScripted } from '../../../fakes/scriptedServices.ts';

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
    if (engine.kind === 'loading') told.push(engine.testing ?? 'loading');
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
