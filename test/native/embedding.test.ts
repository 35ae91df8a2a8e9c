import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { estimateSearchMemory } from '../../electron/shared/memoryEstimate.ts';
import type { NativeTextEmbedder } from '../../electron/engine/nativeBinding.ts';
import { embeddingGemma, embeddingSpec, tinyEmbedding, trueEmbeddingSpec } from '../fakes/embeddingShapes.ts';
import { writeHollow, writeRandom } from '../fakes/trueShapes.ts';
import { connectEngine, greedy, loadParams, openAddon, text, tinyReader } from './nativeEngine.ts';

/** The same file's vectors by llama-server of the pinned version (`--embedding`, /v1/embeddings). */
const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'reference/embedding.json'), 'utf8')) as {
  readonly texts: readonly string[];
  readonly vectors: readonly (readonly number[])[];
};
const binding = openAddon();
const folder = mkdtempSync(join(tmpdir(), 'facet-embedding-'));
const model = join(folder, 'embedding.gguf');
let embedder: NativeTextEmbedder;
beforeAll(async () => {
  await writeRandom(model, embeddingSpec(tinyEmbedding));
  embedder = new binding.TextEmbedder();
  await embedder.load(model, 1, new binding.CancelFlag());
});
afterAll(async () => {
  await embedder.unload();
  rmSync(folder, { recursive: true });
});

const embed = (texts: readonly string[]) => embedder.embed(texts, new binding.CancelFlag());
const cosine = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? Number.NaN), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
};

test('a vector is what llama.cpp makes of the text, and of unit length', async () => {
  const vectors = await embed(golden.texts);
  expect(vectors.map(({ length }) => length)).toEqual([64, 64, 64]);
  for (const [place, vector] of vectors.entries()) {
    expect(cosine(vector, golden.vectors[place] ?? [])).toBeGreaterThan(0.99999);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    // Random weights make all texts alike; what is compared must still tell them apart.
    for (const [other, wanted] of golden.vectors.entries()) if (other !== place) expect(cosine(vector, wanted)).toBeLessThan(0.98);
  }
});

test('a text has its vector whether it is alone or among others, in whatever order', async () => {
  const texts = Array.from({ length: 40 }, (_, number) => `${'word '.repeat(number)}number ${number}`);
  const together = await embed(texts);
  for (const place of [0, 7, 19, 39]) {
    const [alone] = await embed([texts[place] ?? '']);
    expect(cosine(alone ?? [], together[place] ?? [])).toBeGreaterThan(0.99999);
  }
});

test('a text that is longer than the model reads has none, and the others have theirs', async () => {
  const [first, tooLong, last] = await embed(['short', 'x'.repeat(300), 'short']);
  expect(tooLong).toHaveLength(0);
  expect(first).toEqual(last);
  expect(first).toHaveLength(64);
});

test('texts can be given up, and what cannot be done says why', async () => {
  const cancel = new binding.CancelFlag();
  const work = embedder.embed(
    Array.from({ length: 256 }, () => 'a long text '.repeat(15)),
    cancel,
  );
  cancel.set();
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  await expect(embed(Array.from({ length: 257 }, () => ''))).rejects.toMatchObject({ code: 'invalidRequest', subject: 'texts' });
  const other = new binding.TextEmbedder();
  await expect(other.embed(['x'], new binding.CancelFlag())).rejects.toMatchObject({ code: 'modelMissing' });
  await expect(other.load(tinyReader.textPath, 1, new binding.CancelFlag())).rejects.toMatchObject({
    code: 'modelInvalid',
    check: 'not-embedding',
  });
});

test('an engine child searches and answers with what is loaded for each', async () => {
  const engine = connectEngine();
  const ask = { runId: 'a', parts: [text('Hello')], sampling: greedy, maxTokens: 4, stopTexts: [] };
  await engine.request('model.load', loadParams({ projectorPath: null }));
  const before = await engine.request('generation.run', ask);
  const { vectors, memoryBytes } = await engine.request('text.embed', { modelPath: model, threads: 1, texts: golden.texts });
  expect(cosine(vectors[1] ?? [], golden.vectors[1] ?? [])).toBeGreaterThan(0.99999);
  expect(memoryBytes).toBeGreaterThan(1_000_000);
  const after = await engine.request('generation.run', { ...ask, runId: 'b' });
  expect(after).toMatchObject({ ids: before.ids, cachedTokens: after.promptTokens });
  await engine.request('text.forget', {});
  engine.close();
});

test('takes the memory that is forecast for it', async () => {
  const path = join(folder, 'true.gguf');
  writeHollow(path, trueEmbeddingSpec());
  const large = new binding.TextEmbedder();
  const { memory } = await large.load(path, 1, new binding.CancelFlag());
  await large.unload();
  const { weights, compute } = estimateSearchMemory({ ...embeddingGemma, globalLayers: 4 }, memory.weights);
  expect(weights).toBe(memory.weights);
  expect(Math.abs(compute / memory.compute - 1), `${compute} for ${memory.compute}`).toBeLessThan(0.03);
}, 120_000);
