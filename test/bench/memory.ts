// What Facet says a model takes, what llama.cpp plans for it (its dry run), and by how much a process grows that loads it, fills its context once and writes.
// node_modules/.bin/node test/bench/memory.ts --model FILE [--model FILE …] [--contexts 4096,32768] [--caches f16,q8_0]
// Files of true shapes come from makeTrueShapes.ts. Each measurement is a process of its own; the weights are mapped, so their pages count as resident once read.
import { execFile } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { readGguf } from '../../electron/reader/gguf/ggufFile.ts';
import { list } from '../../electron/reader/gguf/metadataReaders.ts';
import { tensorBytes } from '../../electron/reader/gguf/tensorTable.ts';
import { readTextShape } from '../../electron/reader/gguf/textShape.ts';
import { type CacheType, estimateMemory, totalMemory } from '../../electron/shared/memoryEstimate.ts';
import { greedy, loadParams, openAddon, text } from '../native/nativeEngine.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', multiple: true, default: [] },
    contexts: { type: 'string', default: '4096,32768' },
    caches: { type: 'string', default: 'f16,q8_0' },
    measure: { type: 'string' },
  },
});

interface Case {
  readonly path: string;
  readonly contextTokens: number;
  readonly cacheType: CacheType;
}

interface Measured {
  readonly planned: number;
  readonly grown: number;
}

/** Resident bytes of this process. */
function resident(): number {
  return Number(/VmRSS:\s+(\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
}

async function measure({ path, contextTokens, cacheType }: Case): Promise<Measured> {
  const binding = openAddon();
  const engine = new binding.Engine();
  const params = loadParams({ textPath: path, projectorPath: null, contextTokens, cacheType, threads: 0 });
  const before = resident();
  await engine.load(params, new binding.CancelFlag(), () => undefined);
  // More than a batch with made-up words, so that the working space is used as far as it is planned.
  const run = { runId: 'a', parts: [text(' word'.repeat(600))], sampling: greedy, maxTokens: 8, stopTexts: [] };
  await engine.run(run, new binding.CancelFlag(), () => undefined);
  const grown = resident() - before;
  // Afterwards: what it leaves behind would count.
  const { weights, kv, compute } = await engine.plan(params);
  return { planned: weights + kv + compute, grown };
}

function estimate({ path, contextTokens, cacheType }: Case): number {
  const descriptor = openSync(path, 'r');
  // Not the whole check: files of true shapes have a vocabulary of made-up words.
  const { metadata, tensors } = readGguf(descriptor, fstatSync(descriptor).size);
  closeSync(descriptor);
  const shape = { ...readTextShape(metadata), vocabulary: list(metadata, 'tokenizer.ggml.tokens', 'string').length };
  return totalMemory(estimateMemory({ shape, weights: tensorBytes(tensors), contextTokens, cacheType, vision: null }));
}

const off = (actual: number, said: number): string => `${((said / actual - 1) * 100).toFixed(1)} %`;
const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);

if (values.measure === undefined) {
  process.stdout.write(
    '| model | context | cache | said, MiB | planned | off | grown | off |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n',
  );
  for (const path of values.model) {
    for (const contextTokens of values.contexts.split(',').map(Number)) {
      for (const cacheType of values.caches.split(',') as CacheType[]) {
        const one: Case = { path, contextTokens, cacheType };
        const said = estimate(one);
        const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, '--measure', JSON.stringify(one)]);
        const { planned, grown } = JSON.parse(stdout) as Measured;
        const cells = [basename(path), contextTokens, cacheType, mib(said), mib(planned), off(planned, said), mib(grown), off(grown, said)];
        process.stdout.write(`| ${cells.join(' | ')} |\n`);
      }
    }
  }
} else process.stdout.write(JSON.stringify(await measure(JSON.parse(values.measure) as Case)));
