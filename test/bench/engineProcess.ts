import { join } from 'node:path';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { createSupervisor } from '../../electron/children/supervisor.ts';
import { type EngineClient, createEngineClient } from '../../electron/engine/engineClient.ts';
import type { LoadedModel, LoadParams } from '../../electron/engine/engineContract.ts';

const root = join(import.meta.dirname, '..', '..');

/** An engine child of its own, as the app starts it, with a model loaded; ended when the work is done. */
export async function withEngine<Result>(
  load: Pick<LoadParams, 'textPath' | 'contextTokens'> & Partial<LoadParams>,
  work: (client: EngineClient, loaded: LoadedModel) => Promise<Result>,
): Promise<Result> {
  const entry = join(root, 'electron', 'engine', 'engineMain.ts');
  const starter = createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: root } });
  const supervisor = createSupervisor({ name: 'engine', starter });
  const client = createEngineClient({ supervisor });
  try {
    const loaded = await client.request('model.load', { projectorPath: null, gpu: 'auto', threads: 0, vocabularyOnly: false, ...load });
    return await work(client, loaded);
  } finally {
    await supervisor.stop();
  }
}
