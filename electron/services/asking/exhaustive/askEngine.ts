import type { RunResult } from '../../../engine/engineContract.ts';
import { facetError } from '../../../shared/errors.ts';
import type { DocumentSegment } from '../../context/segments.ts';
import { writePrompt } from '../../context/writePrompt.ts';
import type { GenerationParts } from '../../generation/generationParts.ts';
import { writtenTokens } from '../../generation/answerTokens.ts';
import type { ActiveModel } from '../../generation/modelHost.ts';

/** One question over one text, outside of any conversation. */
export interface SinglePrompt {
  readonly document: DocumentSegment;
  readonly text: string;
}

export interface AskOptions {
  /** Is told the text as it comes. */
  readonly wrote?: (text: string, tokens: number) => void;
  /** What the answer must be, as `RunParams.grammar`. */
  readonly grammar?: string;
}

/** Runs single prompts one after the other, and adds up what they cost. */
export interface EngineAsker {
  count(prompt: SinglePrompt): Promise<number>;
  /** Greedy. @throws FacetError of the engine */
  run(prompt: SinglePrompt, maxTokens: number, options?: AskOptions): Promise<RunResult>;
  /** Of all runs together; the first token is that of the first run. */
  total(): Omit<RunResult, 'text' | 'ids' | 'stopReason'> & { readonly generatedTokens: number };
}

export function createEngineAsker(
  { system, active, runId }: { readonly system: string; readonly active: ActiveModel; readonly runId: string },
  { engine, speeds }: Pick<GenerationParts, 'engine' | 'speeds'>,
  signal: AbortSignal,
): EngineAsker {
  let sum = {
    promptTokens: 0,
    cachedTokens: 0,
    prefillMs: 0,
    takeUpMs: 0,
    firstTokenMs: 0,
    decodeMs: 0,
    generatedTokens: 0,
    drafted: 0,
    accepted: 0,
  };
  let runs = 0;
  const promptOf = ({ document, text }: SinglePrompt): ReturnType<typeof writePrompt> =>
    writePrompt({ system, turns: [{ role: 'user', text, documents: [document], images: [] }] }, active.profile);
  return {
    count: async (prompt) => {
      const parts = promptOf(prompt).pieces.map(({ part }) => part);
      return (await engine.request('prompt.tokenize', { parts }, signal)).ids.length;
    },
    run: async (prompt, maxTokens, { wrote, grammar } = {}) => {
      if (signal.aborted) throw facetError('cancelled', {});
      const { pieces, stopTexts } = promptOf(prompt);
      runs += 1;
      const id = `${runId}-${runs}`;
      const stop = engine.on('generation.wrote', (event) => {
        if (event.runId === id) wrote?.(event.text, event.tokens);
      });
      const params = {
        runId: id,
        parts: pieces.map(({ part }) => part),
        sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 0 },
        maxTokens,
        stopTexts,
        ...(grammar === undefined ? {} : { grammar }),
      };
      try {
        const result = await engine.request('generation.run', params, signal);
        speeds.record(active, result);
        sum = {
          promptTokens: sum.promptTokens + result.promptTokens,
          cachedTokens: sum.cachedTokens + result.cachedTokens,
          prefillMs: sum.prefillMs + result.prefillMs,
          takeUpMs: sum.takeUpMs + result.takeUpMs,
          firstTokenMs: runs === 1 ? result.firstTokenMs : sum.firstTokenMs,
          decodeMs: sum.decodeMs + result.decodeMs,
          generatedTokens: sum.generatedTokens + writtenTokens(result),
          drafted: sum.drafted + result.drafted,
          accepted: sum.accepted + result.accepted,
        };
        return result;
      } finally {
        stop();
      }
    },
    total: () => sum,
  };
}
