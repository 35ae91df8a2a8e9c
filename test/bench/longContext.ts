// A 4B of true shape with a context of 131,072 tokens: what its KV cache is said to take, what it takes, and that it reads and writes in it.
// node_modules/.bin/node test/bench/makeTrueShapes.ts --folder DIR, then
// node_modules/.bin/node test/bench/longContext.ts --model DIR/text.gguf [--context 131072] [--prompt 256] [--write 16]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { createSupervisor } from '../../electron/children/supervisor.ts';
import { createEngineClient } from '../../electron/engine/engineClient.ts';
import { releasedSizes } from '../../electron/shared/gemmaSizes.ts';
import { type CacheType, cacheMemory } from '../../electron/shared/memoryEstimate.ts';
import { ids } from './speedTypes.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    context: { type: 'string', default: '131072' },
    prompt: { type: 'string', default: '256' },
    write: { type: 'string', default: '16' },
  },
});
const { model } = values;
if (model === undefined) throw new Error('--model is missing');
const contextTokens = Number(values.context);
const gibibyte = 1024 ** 3;

for (const cacheType of ['f16', 'q8_0'] as const) process.stdout.write(`${JSON.stringify(await measure(model, cacheType))}\n`);

/** In a process of its own, whose memory nothing else is in. */
async function measure(textPath: string, cacheType: CacheType): Promise<object> {
  const root = join(import.meta.dirname, '..', '..');
  const entry = join(root, 'electron', 'engine', 'engineMain.ts');
  const supervisor = createSupervisor({
    name: 'engine',
    starter: createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: root } }),
  });
  const engine = createEngineClient({ supervisor });
  const load = (context: number) =>
    engine.request('model.load', {
      textPath,
      projectorPath: null,
      contextTokens: context,
      gpu: 'off',
      threads: 0,
      vocabularyOnly: false,
      cacheType,
    });
  try {
    await load(256);
    const before = privateBytes(supervisor.pid());
    const { memory, contextTokens: context, loadMs } = await load(contextTokens);
    const after = privateBytes(supervisor.pid());
    const { kvGlobal, kvWindow } = cacheMemory(releasedSizes['4B'], contextTokens, cacheType);
    const small = cacheMemory(releasedSizes['4B'], 256, cacheType);
    const grown = kvGlobal + kvWindow - small.kvGlobal - small.kvWindow;
    const result = await engine.request('generation.run', {
      runId: 'long',
      parts: [{ kind: 'tokens', ids: ids(Number(values.prompt), 1) }],
      sampling: { temperature: 1, topK: 64, topP: 0.95, minP: 0, seed: 1 },
      maxTokens: Number(values.write),
      stopTexts: [],
    });
    return {
      cacheType,
      contextTokens: context,
      loadMs: Math.round(loadMs),
      kvFormulaGiB: round((kvGlobal + kvWindow) / gibibyte),
      kvPlannedGiB: round(memory.kv / gibibyte),
      planToFormula: round(memory.kv / (kvGlobal + kvWindow)),
      // What the process grew by, against a context of 256 tokens: KV cache, and the larger mask of the graph.
      grownGiB: round((after - before) / gibibyte),
      grownToFormula: round((after - before) / grown),
      promptTokens: result.promptTokens,
      prefillMs: Math.round(result.prefillMs),
      written: result.ids.length,
      decodeMs: Math.round(result.decodeMs),
    };
  } finally {
    await supervisor.stop();
  }
}

/** Anonymous memory of a process that is really there, in bytes: the mapped weights are not in it. Linux only. */
function privateBytes(pid: number | null): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
