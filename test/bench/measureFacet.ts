import { join } from 'node:path';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { createSupervisor } from '../../electron/children/supervisor.ts';
import { createEngineClient } from '../../electron/engine/engineClient.ts';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import { type Shape, type Speed, contextTokens, ids } from './speedTypes.ts';

/** Facet's engine as it runs in the product: its own process, threads by the load of the moment, text streamed over the wire. */
export async function measureFacet(shape: Shape): Promise<{ measure(): Promise<Speed>; close(): Promise<void> }> {
  const root = join(import.meta.dirname, '..', '..');
  const entry = join(root, 'electron', 'engine', 'engineMain.ts');
  const supervisor = createSupervisor({
    name: 'engine',
    starter: createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: root } }),
  });
  const client = createEngineClient({ supervisor });
  await client.request('model.load', {
    textPath: shape.model,
    projectorPath: null,
    contextTokens: contextTokens(shape),
    gpu: 'auto',
    threads: 0,
    vocabularyOnly: false,
  });
  let seed = 1;

  const run = (parts: readonly PromptPart[], maxTokens: number) =>
    client.request('generation.run', {
      runId: 'bench',
      parts,
      sampling: { temperature: 1, topK: 64, topP: 0.95, minP: 0, seed },
      maxTokens,
      stopTexts: [],
    });
  return {
    measure: async () => {
      seed++;
      const depth: PromptPart = { kind: 'tokens', ids: ids(shape.depth, seed) };
      await run([depth], 1);
      const read = await run([depth, { kind: 'tokens', ids: ids(shape.prompt, seed + 1) }], 1);
      // Random ids can lead a model to end its turn; another seed writes on.
      for (let attempt = 0; attempt < 20; attempt++, seed++) {
        const wrote = await run([depth], shape.write);
        if (wrote.ids.length < shape.write) continue;
        const prefilled = read.promptTokens - read.cachedTokens;
        return { prefill: (prefilled * 1000) / read.prefillMs, decode: ((wrote.ids.length - 1) * 1000) / wrote.decodeMs };
      }
      throw new Error('The model ended its turn every time.');
    },
    close: () => supervisor.stop(),
  };
}
