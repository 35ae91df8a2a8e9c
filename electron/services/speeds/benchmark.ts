import { randomBytes, randomInt } from 'node:crypto';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { PromptPart, RunResult } from '../../engine/engineContract.ts';
import type { BenchProgress } from '../../shared/speed.ts';
import { encoderOf } from '../generation/encoderOf.ts';
import type { ActiveModel } from '../generation/modelHost.ts';
import type { EncoderSpeeds } from '../images/encoderSpeeds.ts';
import { prefillMs } from './runCost.ts';
import type { RunSpeeds } from './runSpeeds.ts';

/** Where reading is measured, in tokens: each goes on from the one before, since attention looks back. */
const depths = [512, 2_048, 4_096, 8_192] as const;
/** Before anything is measured the weights must be in memory. */
const warmUpTokens = 24;
const writtenTokens = 33;
const fewWrittenTokens = 9;
/** Shares of the time: the first reading, and writing after it. */
const firstShare = 0.3;
const writingShare = 0.25;
/** A view is encoded for real when it takes less than this share of what is left. */
const viewShare = 0.5;
/** Kept free at the end of the context. */
const roomTokens = 64;

export interface BenchOptions {
  readonly signal: AbortSignal;
  /** Milliseconds that it may take; on a slow machine the deeper measurements are left out. */
  readonly budgetMs: number;
  readonly progress: (step: BenchProgress['step'], spentMs: number) => void;
}

/**
 * Measures how quickly the loaded model reads at several depths, writes and looks at a picture; what it finds is remembered as that of any run is.
 * @throws FacetError of the engine; cancelled
 */
export async function measureModel(
  active: ActiveModel,
  parts: { readonly engine: EngineClient; readonly speeds: RunSpeeds; readonly encoderSpeeds: EncoderSpeeds },
  { signal, budgetMs, progress }: BenchOptions,
): Promise<void> {
  const { engine, speeds, encoderSpeeds } = parts;
  const begun = performance.now();
  const spent = (): number => performance.now() - begun;
  const left = (): number => budgetMs - spent();
  const ids = randomIds(Math.min(active.loaded.contextTokens - roomTokens, Math.max(...depths)), active.loaded.vocabularySize);
  const run = async (from: readonly number[], maxTokens: number): Promise<RunResult> => {
    const tokens: PromptPart = { kind: 'tokens', ids: from };
    const result = await engine.request(
      'generation.run',
      {
        runId: `bench-${randomInt(2 ** 40).toString(36)}`,
        parts: [tokens],
        sampling: { temperature: 1, topK: 64, topP: 0.95, minP: 0, seed: randomInt(2 ** 32) },
        maxTokens,
        stopTexts: [],
        owner: null,
      },
      signal,
    );
    signal.throwIfAborted();
    return result;
  };
  const measure = async (from: readonly number[], maxTokens: number): Promise<void> => speeds.record(active, await run(from, maxTokens));

  progress('reading', spent());
  await run(randomIds(warmUpTokens, active.loaded.vocabularySize), 1);
  const warm = await run(randomIds(warmUpTokens, active.loaded.vocabularySize), 4);
  const tokenMs = warm.prefillMs / warmUpTokens;
  const first = Math.max(2 * warmUpTokens, Math.min(depths[0], Math.floor((left() * firstShare) / tokenMs), ids.length));
  const writeMs = warm.ids.length > 1 ? warm.decodeMs / (warm.ids.length - 1) : tokenMs;
  const written = writeMs * writtenTokens > left() * writingShare ? fewWrittenTokens : writtenTokens;
  progress('writing', spent());
  await measure(ids.slice(0, first), written);
  // A random text may end at once; another goes on.
  for (let attempt = 0; attempt < 3 && speeds.costs(active).decode === null; attempt += 1) {
    await measure(randomIds(first, active.loaded.vocabularySize), written);
  }

  await measureEncoder();
  let read = first;
  for (const depth of depths) {
    const cost = speeds.costs(active).prefill;
    if (depth <= read || depth > ids.length || cost === null || prefillMs(cost, read, depth) > left()) continue;
    progress('reading', spent());
    await measure(ids.slice(0, depth), 1);
    read = depth;
  }
  if (read > first && left() > written * writeMs * 2) {
    progress('writing', spent());
    await measure(ids.slice(0, read), written);
  }

  async function measureEncoder(): Promise<void> {
    const encoder = encoderOf(active);
    const side = active.loaded.vision?.side ?? 0;
    if (encoder === null) return;
    progress('looking', spent());
    const { viewMs } = await engine.request('encoder.measure', {}, signal);
    const expected = viewMs ?? encoderSpeeds.viewMs(encoder);
    if (expected === null || expected > left() * viewShare) {
      // One block was timed: what all of them take follows from it, and counts until a view was encoded.
      if (viewMs !== null && encoderSpeeds.viewMs(encoder) === null) encoderSpeeds.record(encoder, viewMs);
      return;
    }
    const rgb = randomBytes(side * side * 3);
    for (let view = 0; view < 2; view += 1) {
      // The first also reads the encoder's weights.
      rgb.writeUInt32LE(randomInt(2 ** 32), 0);
      const key = randomBytes(32).toString('hex');
      // Nobody asks for this picture again, so nothing of it is kept.
      const { encodeMs, setupMs } = await engine.request('image.encode', { key, side, rgb, keep: false }, signal);
      encoderSpeeds.record(encoder, encodeMs - setupMs);
      if (encodeMs > left() * viewShare) break;
    }
  }
}

/** Ordinary tokens: speed does not depend on which. */
function randomIds(count: number, vocabularySize: number): readonly number[] {
  const from = Math.floor(vocabularySize / 4);
  return Array.from({ length: count }, () => from + randomInt(Math.max(1, Math.floor(vocabularySize / 2))));
}
