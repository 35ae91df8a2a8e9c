// What Facet says a model takes, what llama.cpp plans for it (its dry run), and by how much a process grows that loads it, looks at a picture where it has a
// projector, fills its context once and writes.
// node_modules/.bin/node test/bench/memory.ts --model FILE [--model FILE …] [--projector FILE] [--contexts 4096,32768] [--caches f16,q8_0] [--fill TOKENS]
// [--encoders FOLDER]
// Files of true shapes come from makeTrueShapes.ts. Each measurement is a process of its own; the weights are mapped, so their pages count as resident once read.
// The encoder runs in this machine's quickest setting, as in the app; what that measures and rewrites is kept in the folder of `--encoders`.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { tuneEncoder } from '../../electron/engine/encoderTuning.ts';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import { readGguf } from '../../electron/reader/gguf/ggufFile.ts';
import { list } from '../../electron/reader/gguf/metadataReaders.ts';
import { tensorBytes } from '../../electron/reader/gguf/tensorTable.ts';
import { readTextShape } from '../../electron/reader/gguf/textShape.ts';
import { releasedVision } from '../../electron/shared/gemmaSizes.ts';
import { type CacheType, estimateMemory, keptMemory, type MemoryEstimate, totalMemory } from '../../electron/shared/memoryEstimate.ts';
import { greedy, loadParams, openAddon } from '../native/nativeEngine.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', multiple: true, default: [] },
    contexts: { type: 'string', default: '4096,32768' },
    caches: { type: 'string', default: 'f16,q8_0' },
    fill: { type: 'string', default: '131072' },
    projector: { type: 'string' },
    encoders: { type: 'string', default: join(tmpdir(), 'facet-encoders') },
    measure: { type: 'string' },
  },
});

interface Case {
  readonly path: string;
  readonly projectorPath: string | null;
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

async function measure({ path, projectorPath, contextTokens, cacheType }: Case): Promise<Measured> {
  const binding = openAddon();
  const engine = new binding.Engine();
  const params = loadParams({ textPath: path, projectorPath, contextTokens, cacheType, threads: 0 });
  const before = resident(path).all;
  const { vision } = await engine.load(params, new binding.CancelFlag(), () => undefined);
  const loaded = resident(path).all - before;
  const parts: PromptPart[] = [];
  if (vision !== null && projectorPath !== null) {
    const [folder, cancel] = [values.encoders, new binding.CancelFlag()];
    const lost = (error: unknown): never => {
      throw error;
    };
    await tuneEncoder(engine, { folder, projectorPath, projectorSha256: await hashOf(projectorPath), cancel, lost });
    const pixels = Uint8Array.from({ length: vision.side ** 2 * 3 }, (_, index) => (index * 31) % 256);
    await engine.encode('view', vision.side, pixels, cancel);
    parts.push({ kind: 'image', key: 'view' });
  }
  // Any words until the context is full or `--fill` is reached: what is reserved for a longer one stays untouched.
  const words = Math.min(contextTokens - 32 - (vision?.tokens ?? 0), Number(values.fill));
  parts.push({ kind: 'tokens', ids: Array.from({ length: words }, (_, index) => 20 + ((index * 37) % 300)) });
  const run = { runId: 'a', parts, sampling: greedy, maxTokens: 8, stopTexts: [] };
  await engine.run(run, new binding.CancelFlag(), () => undefined);
  const used = resident(path);
  // Afterwards: what it leaves behind would count.
  const { weights, kv, compute, vision: seeing } = await engine.plan(params);
  return { planned: weights + kv + compute + seeing, loaded, grown: used.all - before, file: used.file };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Not the whole check: files of true shapes have a vocabulary of made-up words. */
function headerOf(path: string): ReturnType<typeof readGguf> {
  const descriptor = openSync(path, 'r');
  try {
    return readGguf(descriptor, fstatSync(descriptor).size);
  } finally {
    closeSync(descriptor);
  }
}

function estimate({ path, projectorPath, contextTokens, cacheType }: Case): MemoryEstimate {
  const { metadata, tensors } = headerOf(path);
  const shape = { ...readTextShape(metadata, 'gemma3'), vocabulary: list(metadata, 'tokenizer.ggml.tokens', 'string').length };
  const vision = projectorPath === null ? null : { shape: releasedVision, weights: tensorBytes(headerOf(projectorPath).tensors) };
  const memory = estimateMemory({ shape, weights: tensorBytes(tensors), contextTokens, cacheType, vision });
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
        const one: Case = { path, projectorPath: values.projector ?? null, contextTokens, cacheType };
        const memory = estimate(one);
        const said = totalMemory(memory);
        const inPlan = said - memory.vocabulary - memory.kept;
        const { stdout } = await promisify(execFile)(process.execPath, [
          import.meta.filename,
          '--fill',
          values.fill,
          '--encoders',
          values.encoders,
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
