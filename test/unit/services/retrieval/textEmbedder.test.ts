import { afterEach, expect, test } from 'vitest';
import { type TextEmbedder, createTextEmbedder } from '../../../../electron/services/retrieval/textEmbedder.ts';
import { facetError } from '../../../../electron/shared/errors.ts';
import type { Model } from '../../../../electron/shared/models.ts';

const model: Model = {
  id: 'local-1',
  name: 'EmbeddingGemma',
  size: 'custom',
  quantisation: 'Q8_0',
  text: { path: '/models/e.gguf', bytes: 1, sha256: 'aa' },
  projector: null,
  profile: 'turns',
  contextLimit: 2048,
  builtIn: false,
  state: { kind: 'installed' },
  notes: [],
  licence: '',
  search: true,
};
const never = (): AbortSignal => new AbortController().signal;

/** An engine that does one thing after the other, slowly when told. */
function engineThat(answer: (texts: readonly string[], signal: AbortSignal) => Promise<readonly Float32Array[]>) {
  const asked: (readonly string[] | 'forget')[] = [];
  let stopped: (reason: string) => void = () => undefined;
  return {
    asked,
    die: () => stopped('it died'),
    engine: {
      request: (async (name: string, params: { texts?: readonly string[] }, signal: AbortSignal = never()) => {
        asked.push(name === 'text.forget' ? 'forget' : (params.texts ?? []));
        if (name === 'text.forget') return {};
        return { vectors: await answer(params.texts ?? [], signal), memoryBytes: 330 };
      }) as never,
      onStopped: (listener: (reason: string) => void) => {
        stopped = listener;
        return () => undefined;
      },
    },
  };
}

const made: TextEmbedder[] = [];
function embedderOn(engine: ReturnType<typeof engineThat>['engine'], change: Partial<Parameters<typeof createTextEmbedder>[0]> = {}) {
  const embedder = createTextEmbedder({
    engine,
    models: () => [model],
    requireSearchModel: () => Promise.resolve(model),
    threads: () => 0,
    changed: () => undefined,
    ...change,
  });
  made.push(embedder);
  return embedder;
}
afterEach(() => {
  for (const embedder of made.splice(0)) embedder.close();
});
const one = (texts: readonly string[]) => Promise.resolve(texts.map(() => Float32Array.of(1)));

test('a question is asked in the model’s own words, and once', async () => {
  const { engine, asked } = engineThat(one);
  const embedder = embedderOn(engine);
  expect(await embedder.question('Where is it?', never())).toEqual({ model: 'aa', vector: Float32Array.of(1) });
  await embedder.question('Where is it?', never());
  expect(asked).toEqual([['task: search result | query: Where is it?']]);
  expect(embedder.memoryBytes()).toBe(330);
});

test('a question goes before texts in the background, which are embedded after it', async () => {
  const { engine, asked } = engineThat(
    (texts, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => resolve(texts.map(() => Float32Array.of(1))),
          texts[0] === 'slow' && asked.length === 1 ? 60_000 : 1,
        );
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(facetError('cancelled', {}));
        });
      }),
  );
  const embedder = embedderOn(engine);
  const background = embedder.embed(['slow'], never());
  await new Promise((resolve) => setImmediate(resolve));
  expect(await embedder.question('now', never())).not.toBeNull();
  expect(await background).toHaveLength(1);
  expect(asked.map((texts) => texts[0])).toEqual(['slow', 'task: search result | query: now', 'slow']);
});

test('a failure leaves the question to words and says why; the next success takes that back', async () => {
  let fails = true;
  const { engine } = engineThat((texts) => (fails ? Promise.reject(facetError('engineStopped', { reason: 'x' })) : one(texts)));
  let changes = 0;
  const embedder = embedderOn(engine, { changed: () => (changes += 1) });
  expect(await embedder.question('a', never())).toBeNull();
  expect(embedder.problem()).toMatchObject({ code: 'engineStopped' });
  fails = false;
  expect(await embedder.question('a', never())).not.toBeNull();
  expect([embedder.problem(), changes]).toEqual([null, 2]);
});

test('a bad file never reaches the engine, and what was cancelled is no failure', async () => {
  const { engine, asked } = engineThat(one);
  const fault = facetError('modelInvalid', { file: 'e.gguf', check: 'bad-shape', reason: 'x' });
  const bad = embedderOn(engine, { requireSearchModel: () => Promise.reject(fault) });
  expect(await bad.question('a', never())).toBeNull();
  expect(asked).toEqual([]);
  expect(bad.problem()).toMatchObject({ code: 'modelInvalid' });
  const gone = AbortSignal.abort();
  const slow = embedderOn(
    engineThat((_texts, signal) => Promise.reject(signal.aborted ? facetError('cancelled', {}) : new Error())).engine,
  );
  await expect(slow.question('a', gone)).rejects.toMatchObject({ data: { code: 'cancelled' } });
  expect(slow.problem()).toBeNull();
});

test('without a search model nothing is asked; after a rest and after a death its memory is given back', async () => {
  const { engine, asked, die } = engineThat(one);
  const none = embedderOn(engine, { models: () => [] });
  expect([none.model(), await none.question('a', never())]).toEqual([null, null]);
  expect(asked).toEqual([]);
  const resting = embedderOn(engine, { restMs: 5 });
  await resting.question('a', never());
  await expect.poll(() => resting.memoryBytes()).toBe(0);
  expect(asked.at(-1)).toBe('forget');
  const dying = embedderOn(engine);
  await dying.question('a', never());
  die();
  expect(dying.memoryBytes()).toBe(0);
});
