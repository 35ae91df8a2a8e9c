import { afterEach, expect, test } from 'vitest';
import { modelId, removeDataFolder, type ScriptedServices, startScripted } from '../../../fakes/scriptedServices.ts';

let facet: ScriptedServices;
afterEach(async () => {
  await facet.close();
  removeDataFolder(facet.dataFolder);
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
