import type { EngineSampling, RunParams, RunResult } from '../../engine/engineContract.ts';
import type { GenerationStage } from '../../shared/generation.ts';
import { isPrivateId } from '../../shared/privateIds.ts';
import type { AnswerStream } from './answerStream.ts';
import type { GenerationParts } from './generationParts.ts';
import type { PlannedContext } from './planContext.ts';
import type { AnswerJob } from './answerJob.ts';

/** One run of the model for an answer. */
export interface AnswerRun {
  readonly job: AnswerJob;
  readonly context: PlannedContext;
  readonly quoteTexts: readonly string[];
  readonly sampling: EngineSampling;
  readonly stream: AnswerStream;
  readonly parts: GenerationParts;
  readonly signal: AbortSignal;
}

/** By itself only for answers over documents: others repeat too little. */
const lookupFor = (wanted: boolean | undefined, overDocuments: boolean): NonNullable<RunParams['lookup']> => {
  if (wanted === undefined) return overDocuments ? 'auto' : 'off';
  return wanted ? 'whereItPays' : 'off';
};

/** Runs the model and writes what comes into the stream. @throws FacetError of the engine */
export async function runAnswer({ job, context, quoteTexts, sampling, stream, parts, signal }: AnswerRun): Promise<RunResult> {
  const { engine } = parts;
  const runId = job.message.id;
  const settings = parts.settings();
  let tokens = 0;
  const stage = (next: GenerationStage): void => stream.setStage(next);
  stage({ kind: 'readingPrompt', doneTokens: 0, totalTokens: context.usage.total });
  const stops = [
    engine.on('generation.prefilled', (event) => {
      if (event.runId === runId) stage({ kind: 'readingPrompt', doneTokens: event.doneTokens, totalTokens: event.totalTokens });
    }),
    engine.on('generation.wrote', (event) => {
      if (event.runId !== runId) return;
      tokens += event.tokens;
      stage({ kind: 'writing', tokens });
      stream.write(event.text, event.tokens);
    }),
  ];
  try {
    return await engine.request(
      'generation.run',
      {
        runId,
        parts: context.prompt.pieces.map(({ part }) => part),
        sampling,
        maxTokens: job.options.maxTokens ?? settings.maxTokens,
        stopTexts: context.prompt.stopTexts,
        owner: isPrivateId(job.message.conversationId) ? null : job.message.conversationId,
        lookup: lookupFor(job.options.lookup, quoteTexts.length > 0),
        ...(quoteTexts.length === 0 ? {} : { quotes: { texts: quoteTexts, before: job.start.rawText } }),
      },
      signal,
    );
  } finally {
    for (const stop of stops) stop();
  }
}
