// What Facet says a model takes, what llama.cpp plans for it (its dry run), and by how much a process grows that loads it, fills its context once and writes.
// node_modules/.bin/node test/bench/memory.ts --model FILE [--model FILE …] [--contexts 4096,32768] [--caches f16,q8_0]
// Files of true shapes come from makeTrueShapes.ts. Each measurement is a process of its own; the weights are mapped, so their pages count as resident once read.
import { execFile } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { readGguf } from '../../electron/reader/gguf/ggufFile.ts';
import { list } from '../../electron/reader/gguf/metadataReaders.ts';
import { tensorBytes } from '../../electron/reader/gguf/tensorTable.ts';
import { readTextShape } from '../../electron/reader/gguf/textShape.ts';
import { type CacheType, estimateMemory, keptMemory, type MemoryEstimate, totalMemory } from '../../electron/shared/memoryEstimate.ts';
import { greedy, loadParams, openAddon } from '../native/nativeEngine.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', multiple: true, default: [] },
    contexts: { type: 'string', default: '4096,32768' },
    caches: { type: 'string', default: 'f16,q8_0' },
    fill: { type: 'string', default: '131072' },
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
  /** Resident bytes: after the load, after the use, and those of them that are pages of the file. */
  readonly loaded: number;
  readonly grown: number;
  readonly file: number;
}

/** Resident bytes of this process, and those of them that are pages of the file. */
function resident(path: string): { readonly all: number; readonly file: number } {
  let inFile = false;
  let [all, file] = [0, 0];
  for (const line of readFileSync('/proc/self/smaps', 'utf8').split('\n')) {
    if (/^[0-9a-f]+-[0-9a-f]+ /u.test(line)) inFile = line.endsWith(path);
    const bytes = Number(/^Rss:\s+(\d+) kB/u.exec(line)?.[1] ?? 0) * 1024;
    all += bytes;
    if (inFile) file += bytes;
  }
  return { all, file };
}

async function measure({ path, contextTokens, cacheType }: Case): Promise<Measured> {
  const binding = openAddon();
  const engine = new binding.Engine();
  const params = loadParams({ textPath: path, projectorPath: null, contextTokens, cacheType, threads: 0 });
  const before = resident(path).all;
  await engine.load(params, new binding.CancelFlag(), () => undefined);
  const loaded = resident(path).all - before;
  // Any words until the context is full or `--fill` is reached: what is reserved for a longer one stays untouched.
  const words = Math.min(contextTokens - 32, Number(values.fill));
  const ids = Array.from({ length: words }, (_, index) => 20 + ((index * 37) % 300));
  const run = { runId: 'a', parts: [{ kind: 'tokens' as const, ids }], sampling: greedy, maxTokens: 8, stopTexts: [] };
  await engine.run(run, new binding.CancelFlag(), () => undefined);
  const used = resident(path);
  // Afterwards: what it leaves behind would count.
  const { weights, kv, compute } = await engine.plan(params);
  return { planned: weights + kv + compute, loaded, grown: used.all - before, file: used.file };
}

function estimate({ path, contextTokens, cacheType }: Case): MemoryEstimate {
  const descriptor = openSync(path, 'r');
  // Not the whole check: files of true shapes have a vocabulary of made-up words.
  const { metadata, tensors } = readGguf(descriptor, fstatSync(descriptor).size);
  closeSync(descriptor);
  const shape = { ...readTextShape(metadata), vocabulary: list(metadata, 'tokenizer.ggml.tokens', 'string').length };
  const memory = estimateMemory({ shape, weights: tensorBytes(tensors), contextTokens, cacheType, vision: null });
  const left = process.availableMemory() - totalMemory(memory);
  const filled = Math.min(contextTokens, Number(values.fill));
  return { ...memory, kept: keptMemory({ shape, contextTokens: filled, cacheType }, { left, memory: totalmem() }) };
}

const off = (actual: number, said: number): string => `${((said / actual - 1) * 100).toFixed(1)} %`;
const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);

if (values.measure === undefined) {
  process.stdout.write(
    `| model | context | cache | said, MiB | of that planned | planned | off | loaded | used | of the file | off |\n|${' --- |'.repeat(11)}\n`,
  );
  for (const path of values.model) {
    for (const contextTokens of values.contexts.split(',').map(Number)) {
      for (const cacheType of values.caches.split(',') as CacheType[]) {
        const one: Case = { path, contextTokens, cacheType };
        const memory = estimate(one);
        const said = totalMemory(memory);
        const inPlan = said - memory.vocabulary - memory.kept;
        const { stdout } = await promisify(execFile)(process.execPath, [
          import.meta.filename,
          '--fill',
          values.fill,
          '--measure',
          JSON.stringify(one),
        ]);
        const { planned, loaded, grown, file } = JSON.parse(stdout) as Measured;
        const cells = [
          basename(path),
          contextTokens,
          cacheType,
          mib(said),
          mib(inPlan),
          mib(planned),
          off(planned, inPlan),
          mib(loaded),
          mib(grown),
          mib(file),
          off(grown, said),
        ];
        process.stdout.write(`| ${cells.join(' | ')} |\n`);
      }
    }
  }
} else process.stdout.write(JSON.stringify(await measure(JSON.parse(values.measure) as Case)));
