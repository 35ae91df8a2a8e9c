import type { EngineClient } from '../../engine/engineClient.ts';
import { type ErrorData, facetError, isCancelled, toErrorData } from '../../shared/errors.ts';
import type { Model } from '../../shared/models.ts';

/** After so long without a text the search model's memory is given back, in milliseconds. */
const restMs = 120_000;
/** Questions whose vectors are kept: the estimates while one is being typed, and then its answer, ask for the same. */
const keptQuestions = 16;

/** The prompts that EmbeddingGemma was trained with, from its model card. */
export const queryPrompt = (question: string): string => `task: search result | query: ${question}`;
export const documentPrompt = (heading: string, text: string): string => `title: ${heading === '' ? 'none' : heading} | text: ${text}`;

/** Turns texts into vectors with the search model that is here, in a process of its own. */
export interface TextEmbedder {
  /** The sha256 of its file; null when there is none, or it is not wanted. */
  model(): string | null;
  /** Memory that it takes, in bytes. */
  memoryBytes(): number;
  /** Why the last use failed; null when it did not. */
  problem(): ErrorData | null;
  /** In the background: a question goes first. @throws FacetError modelMissing without one; those of the engine; cancelled */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
  /** The vector of a question; null without a model, and when it fails, which `problem` tells. @throws FacetError cancelled */
  question(question: string, signal: AbortSignal): Promise<{ readonly model: string; readonly vector: Float32Array } | null>;
  close(): void;
}

export interface TextEmbedderOptions {
  readonly engine: Pick<EngineClient, 'request' | 'onStopped'>;
  /** Installed search models; the first is used. */
  readonly models: () => readonly Model[];
  /** Checks the file before the engine sees it. @throws FacetError */
  readonly requireSearchModel: (id: string, signal: AbortSignal) => Promise<Model>;
  readonly threads: () => number;
  /** Called when what `memoryBytes` or `problem` tell may have changed. */
  readonly changed: () => void;
  /** For tests: another rest. */
  readonly restMs?: number;
}

export function createTextEmbedder(options: TextEmbedderOptions): TextEmbedder {
  const { engine, changed } = options;
  const questions = new Map<string, Float32Array>();
  let checked: string | null = null;
  let memoryBytes = 0;
  let problem: ErrorData | null = null;
  let timer: NodeJS.Timeout | undefined;
  /** Of the texts being embedded in the background. */
  let background: AbortController | null = null;

  const chosen = (): Model | null => options.models().find(({ text }) => text.sha256 !== null) ?? null;
  const note = (bytes: number, failure: ErrorData | null): void => {
    if (bytes === memoryBytes && failure?.code === problem?.code) return;
    memoryBytes = bytes;
    problem = failure;
    changed();
  };
  const rest = (): void => {
    checked = null;
    // A child that is gone has no memory to give back.
    engine.request('text.forget', {}).catch(() => undefined);
    note(0, problem);
  };
  const stopListening = engine.onStopped(() => {
    checked = null;
    note(0, problem);
  });

  const embedNow = async (texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]> => {
    const model = chosen();
    if (model === null) throw facetError('modelMissing', { model: 'EmbeddingGemma' });
    clearTimeout(timer);
    try {
      const path = checked === model.id ? model.text.path : (await options.requireSearchModel(model.id, signal)).text.path;
      if (path === null) throw facetError('modelMissing', { model: model.id });
      checked = model.id;
      const result = await engine.request('text.embed', { modelPath: path, threads: options.threads(), texts }, signal);
      note(result.memoryBytes, null);
      return result.vectors;
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) note(memoryBytes, toErrorData(error));
      throw error;
    } finally {
      timer = setTimeout(rest, options.restMs ?? restMs);
      timer.unref();
    }
  };
  const embed = async (texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]> => {
    for (;;) {
      const abort = new AbortController();
      background = abort;
      try {
        return await embedNow(texts, AbortSignal.any([signal, abort.signal]));
      } catch (error) {
        // Stopped for a question, it is the next.
        if (signal.aborted || !abort.signal.aborted) throw error;
      }
    }
  };
  return {
    model: () => chosen()?.text.sha256 ?? null,
    memoryBytes: () => memoryBytes,
    problem: () => problem,
    embed,
    question: async (question, signal) => {
      const model = chosen()?.text.sha256 ?? null;
      if (model === null || question.trim() === '') return null;
      const key = `${model} ${question}`;
      try {
        const known = questions.get(key);
        if (known === undefined) background?.abort();
        const vector = known ?? (await embedNow([queryPrompt(question)], signal))[0];
        if (vector === undefined || vector.length === 0) return null;
        questions.delete(key);
        questions.set(key, vector);
        const oldest = questions.keys().next().value;
        if (questions.size > keptQuestions && oldest !== undefined) questions.delete(oldest);
        return { model, vector };
      } catch (error) {
        if (isCancelled(error) || signal.aborted) throw error;
        return null;
      }
    },
    close: () => {
      stopListening();
      clearTimeout(timer);
    },
  };
}
