import type { AskMode } from '../../shared/asking.ts';
import type { Message } from '../../shared/conversations.ts';
import type { AnswerReading } from '../asking/answerReadings.ts';
import { readingOfReplaced } from '../compaction/compactPath.ts';
import type { PathDocuments } from '../asking/documentsInPath.ts';
import { type PlannedReading, planReading } from '../asking/planReading.ts';
import { tablesOf } from '../tables/documentTables.ts';
import type { Room } from '../context/usage.ts';
import type { GenerationParts } from './generationParts.ts';
import type { ActiveModel } from './modelHost.ts';
import { predictFirstWord } from './firstWord.ts';
import { type PlannedContext, planContext } from './planContext.ts';
import type { Inputs } from './readInputs.ts';

export interface ReadingWish {
  readonly system: string;
  readonly path: readonly Message[];
  /** Messages that a summary stands for. */
  readonly replaced: ReadonlySet<string>;
  readonly active: ActiveModel;
  readonly inputs: Inputs;
  readonly room: Room;
  readonly wish: AskMode;
  /** The answer that goes on, which keeps its own reading; null for a new one. */
  readonly goesOn: string | null;
}

/** Settles how the documents of a question are read, with what this model and this machine make of them. @throws FacetError invalidRequest */
export async function readingFor(
  { system, path, replaced, active, inputs, room, wish, goesOn }: ReadingWish,
  parts: Pick<GenerationParts, 'attachments' | 'encoder' | 'engine' | 'tokens' | 'readings' | 'retrieval' | 'speeds'>,
  signal: AbortSignal,
): Promise<PlannedReading> {
  const kept = goesOn === null ? null : parts.readings.get(goesOn);
  const readingOf = (id: string): AnswerReading | null =>
    replaced.has(id) ? readingOfReplaced(parts.readings.get(id)) : parts.readings.get(id);
  const contexts = new Map<PathDocuments, PlannedContext>();
  return planReading(
    { wish: kept?.mode ?? (goesOn === null ? wish : 'whole'), kept, path, inputs, room, readingOf },
    {
      chunks: (document) => parts.retrieval.chunks(document),
      find: (documents, question, limit) => parts.retrieval.find(documents, question, limit, signal),
      hasTables: async (documents) =>
        (
          await tablesOf(
            documents.map(({ attachment }) => attachment),
            parts.attachments,
          )
        ).length > 0,
      usage: async (documents) => {
        const context = await planContext({ system, path, active, inputs, documents, images: [] }, { ...parts, signal });
        contexts.set(documents, context);
        return context.usage;
      },
      count: async (texts) => {
        if (texts.length === 0) return [];
        const counted = await parts.engine.request('prompt.tokenize', { parts: texts.map((text) => ({ kind: 'text', text })) }, signal);
        return counted.counts;
      },
      promptMs: async (documents, tokens) => {
        const pieces = contexts.get(documents)?.prompt.pieces ?? [];
        return (await predictFirstWord({ pieces, tokens, images: [] }, active, parts, signal)).ms;
      },
    },
  );
}
