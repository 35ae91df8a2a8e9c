import type { EngineClient } from '../../engine/engineClient.ts';
import type { LoadedModel, LoadParams, RunParams, RunResult } from '../../engine/engineContract.ts';
import type { Database } from '../database/openDatabase.ts';

/** Where a load came to lie; which device that is shows only then. */
export type CachePlace = Pick<LoadedModel, 'placement' | 'deviceIdentity'>;

/** Whether a model keeps its memory and its speed with a quantised KV cache on a device: tested at first use there, and remembered. */
export interface CacheTests {
  /** Empty when it does; otherwise one clause that says what was wrong. Null while that was not tested on this device. */
  known(params: LoadParams, place: CachePlace): string | null;
  /**
   * The same, tested now: loads the model twice on the same device, and leaves another context loaded.
   * @throws FacetError of loading and running; cancelled
   */
  test(params: LoadParams, place: CachePlace, signal: AbortSignal): Promise<string>;
}

/** Context of the test in tokens: room for its text, well beyond any window of the small models. */
const testContext = 2048;
/** A cache type may take this many times as long as f16: slow kernels are ten times slower, a busy moment is not. */
const mostSlowdown = 2;
const answerTokens = 8;
/** Lines of the text before it is asked about; each holds a number to be found again. */
const lines = 24;
const asked = [1, 8, 15, 22];

export function createCacheTests({ database, engine }: { readonly database: Database; readonly engine: EngineClient }): CacheTests {
  const read = database.prepare<[string, string, string], { fault: string }>(
    'SELECT fault FROM cache_tests WHERE model_sha256 = ? AND cache_type = ? AND gpu = ?',
  );
  const write = database.prepare<[string, string, string, string]>(
    'INSERT OR REPLACE INTO cache_tests (model_sha256, cache_type, gpu, fault) VALUES (?, ?, ?, ?)',
  );
  return {
    known: ({ textSha256 = null, cacheType = 'f16' }, place) =>
      textSha256 === null ? null : (read.get(textSha256, cacheType, nameOf(place))?.fault ?? null),
    test: async (params, place, signal) => {
      const { textSha256 = null, cacheType = 'f16' } = params;
      // A small context would fit on a better device than the wanted one did.
      const there: LoadParams = { ...params, gpu: place.placement?.device ?? 'off' };
      const exact = await measure(engine, { ...there, cacheType: 'f16' }, signal);
      const fault = compare(exact, await measure(engine, there, signal));
      if (textSha256 !== null) write.run(textSha256, cacheType, nameOf(place), fault);
      return fault;
    },
  };
}

/** In the column `gpu`, where the CPU is `off`. */
function nameOf({ deviceIdentity = '' }: CachePlace): string {
  return deviceIdentity === '' ? 'off' : deviceIdentity;
}

/** What a cache type gave. */
export interface CacheMeasurement {
  /** Numbers found again. */
  readonly found: number;
  /** Fastest of each, in milliseconds for a token. */
  readonly prefillMs: number;
  readonly decodeMs: number;
}

/** @returns empty, or a clause about what is wrong with `tested` */
export function compare(exact: CacheMeasurement, tested: CacheMeasurement): string {
  if (tested.found < exact.found) return `it found ${tested.found} of ${asked.length} facts again, and ${exact.found} with f16`;
  const slowdown = Math.max(tested.prefillMs / exact.prefillMs, tested.decodeMs / exact.decodeMs);
  return slowdown > mostSlowdown ? `it is ${slowdown.toFixed(1)} times slower than f16 here` : '';
}

async function measure(engine: EngineClient, params: LoadParams, signal: AbortSignal): Promise<CacheMeasurement> {
  // Nothing of a test is kept for later.
  const load: LoadParams = { ...params, contextTokens: testContext, projectorPath: null, stateFolder: null, embeddingFolder: null };
  await engine.request('model.load', load, signal);
  const results: RunResult[] = [];
  for (const line of asked) results.push(await engine.request('generation.run', question(line), signal));
  signal.throwIfAborted();
  const perToken = results.map(({ promptTokens, cachedTokens, prefillMs, decodeMs, ids }) => ({
    // The later questions read a few tokens only: too few to time.
    prefill: cachedTokens === 0 ? prefillMs / promptTokens : Infinity,
    decode: ids.length > 1 ? decodeMs / ids.length : Infinity,
  }));
  const finite = (value: number): number => (Number.isFinite(value) ? value : 1);
  return {
    found: results.filter(({ text }, index) => text.includes(numberOf(asked[index] ?? 0))).length,
    prefillMs: finite(Math.min(...perToken.map(({ prefill }) => prefill))),
    decodeMs: finite(Math.min(...perToken.map(({ decode }) => decode))),
  };
}

/** Any checkpoint goes on with a line that it has seen before. */
function question(line: number): RunParams {
  const text = Array.from({ length: lines }, (_, index) => sentence(index) + numberOf(index)).join('.\n');
  return {
    runId: `cache-test-${line}`,
    parts: [{ kind: 'text', text: `${text}.\n${sentence(line)}` }],
    sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 0 },
    maxTokens: answerTokens,
    stopTexts: [],
    lookup: 'off',
  };
}

function sentence(index: number): string {
  return `The locker with the letter ${String.fromCharCode(65 + (index % 26))} in row ${index} opens with the number `;
}

function numberOf(index: number): string {
  return String(1000 + ((index * 7919) % 9000));
}
