import type { Message, UserMessage } from '../../shared/conversations.ts';
import { type FacetError, facetError } from '../../shared/errors.ts';
import type { FitChoice } from '../../shared/fitChoices.ts';
import { lastQuestion } from '../conversations/branches.ts';
import { contextUsage, type PromptUsage, type Room, tokensNeeded } from '../context/usage.ts';
import type { PlannedReading } from '../asking/planReading.ts';
import type { GenerationParts } from './generationParts.ts';
import type { EstimateContext } from '../models/contextEstimate.ts';
import type { ActiveModel } from './modelHost.ts';
import type { Inputs } from './readInputs.ts';

/** The least that excerpts and a summary take, in tokens. */
const leastExcerpts = 256;
const shortSummary = 128;
/** Room for more than the question itself, when the context is made larger. */
const sizeStep = 1024;

export interface Refused {
  readonly usage: PromptUsage;
  readonly room: Room;
  readonly path: readonly Message[];
  readonly inputs: Inputs;
  readonly planned: PlannedReading;
  readonly active: ActiveModel;
}

/** The refusal of a prompt that does not fit, with what would make it fit: only choices that are enough by themselves. */
export async function fitRefusal(
  refused: Refused,
  { estimate, engine }: Pick<GenerationParts, 'estimate' | 'engine'>,
  signal: AbortSignal,
): Promise<FacetError> {
  const { usage, room } = refused;
  const { system, documents, images, conversation } = contextUsage(usage, room);
  const larger = await largerContext(refused, estimate);
  const question = lastQuestion(refused.path)?.text ?? '';
  const { counts } = await engine.request('prompt.tokenize', { parts: [{ kind: 'text', text: question }] }, signal);
  return facetError('doesNotFit', {
    needed: tokensNeeded(usage, room),
    available: room.contextTokens,
    largestContext: Math.max(room.contextTokens, room.contextLimit),
    parts: [
      { part: 'system', tokens: system },
      { part: 'documents', tokens: documents },
      { part: 'images', tokens: images },
      { part: 'conversation', tokens: conversation },
      { part: 'answer', tokens: room.answerRoom },
    ],
    choices: [...larger, ...summary(refused, counts[0] ?? 0), ...excerpts(refused), ...withoutFile(refused)],
  });
}

/** The next power of two that holds it, or just what it takes where there is no memory for that. */
async function largerContext({ usage, room, active }: Refused, estimate: EstimateContext): Promise<readonly FitChoice[]> {
  const needed = tokensNeeded(usage, room);
  if (needed > room.contextLimit) return [];
  const now = await estimate(active, room.contextTokens);
  const sizes = [2 ** Math.ceil(Math.log2(needed)), Math.ceil(needed / sizeStep) * sizeStep];
  for (const size of sizes) {
    const found = await estimate(active, Math.min(size, room.contextLimit));
    if (now === null || found?.verdict.kind !== 'fits' || found.contextTokens < needed) continue;
    return [
      {
        kind: 'largerContext',
        contextTokens: found.contextTokens,
        totalBytes: found.total,
        moreBytes: Math.max(0, found.total - now.total),
      },
    ];
  }
  return [];
}

/** Not with a pretrained checkpoint, which goes on with a text and does not sum it up. */
function summary({ usage, room, path, active }: Refused, questionTokens: number): readonly FitChoice[] {
  if (active.profile === 'transcript') return [];
  const question = lastQuestion(path);
  const last = path.findIndex(({ id }) => id === question?.id);
  const hasTurns = path.slice(0, last).some(({ role, text }) => role === 'assistant' && text !== '');
  if (question === undefined || !hasTurns) return [];
  const tokens = usage.conversation - questionTokens;
  return tokens - shortSummary >= excess(usage, room) ? [{ kind: 'compactHistory', conversationId: question.conversationId, tokens }] : [];
}

function excerpts({ usage, room, planned }: Refused): readonly FitChoice[] {
  if (planned.reading.mode !== 'whole' || planned.documents.length === 0) return [];
  const documents = contextUsage(usage, room).documents;
  return documents - leastExcerpts >= excess(usage, room) ? [{ kind: 'readRelevant' }] : [];
}

/** Files that came with this question; those of earlier ones stay where they are. The largest first. */
function withoutFile({ usage, room, path, inputs }: Refused): readonly FitChoice[] {
  const question = lastQuestion(path);
  if (question === undefined || !hasMore(question)) return [];
  return question.attachments
    .map(({ attachmentId }) => ({
      kind: 'dropAttachment' as const,
      attachmentId,
      file: inputs.get(attachmentId)?.attachment.name ?? '',
      tokens: (usage.documents.get(attachmentId) ?? 0) + (usage.images.get(attachmentId) ?? 0),
    }))
    .filter(({ tokens }) => tokens >= excess(usage, room))
    .sort((a, b) => b.tokens - a.tokens);
}

/** Something is left to ask without one of its files. */
function hasMore({ text, attachments }: UserMessage): boolean {
  return text !== '' || attachments.length > 1;
}

function excess(usage: PromptUsage, room: Room): number {
  return tokensNeeded(usage, room) - room.contextTokens;
}
