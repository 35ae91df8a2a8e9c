import type { AskMode, AskingPlan } from '../../shared/asking.ts';
import type { Requests } from '../../shared/contract.ts';
import type { AttachmentUse, Message, UserMessage } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { ContextUsage, PromptPlan } from '../../shared/generation.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import { trimText } from '../context/pieces.ts';
import { contextUsage } from '../context/usage.ts';
import { promptText } from '../context/writePrompt.ts';
import { largestListPart } from '../asking/exhaustive/readEveryPart.ts';
import { coverageInPrompt, coverageOfAll } from '../asking/coverage.ts';
import { promptPath } from '../compaction/promptPath.ts';
import type { PromptPath } from '../compaction/compactPath.ts';
import { cropWarnings, fitPictures } from './fitPictures.ts';
import type { GenerationParts } from './generationParts.ts';
import { unencodedSegment } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';
import { type PlannedContext, planContext } from './planContext.ts';
import { planPicture } from './planPicture.ts';
import { blindName, type Inputs, readInputs, readInputsSoFar, usesIn } from './readInputs.ts';
import { readingFor } from './readingFor.ts';
import { inputWarnings } from './receipts.ts';
import { roomFor, wantedModel } from './writeAnswer.ts';

/** What a send would be made of. */
interface Draft {
  readonly conversationId: string | null;
  readonly parentId: string | null;
  readonly text: string;
  readonly attachments: readonly AttachmentUse[];
  readonly system?: string;
  readonly mode?: AskMode;
}

const nothingLoaded: ContextUsage = { system: 0, documents: 0, images: 0, conversation: 0, answerRoom: 0, available: 0 };

type ContextHandlers = Pick<RequestHandlers<Requests>, 'attachment.plan' | 'context.measure' | 'context.plan'>;

/** Measuring and planning the next send without running the model. `drafted` is told each file of a draft that is measured. */
export function createContextHandlers(parts: GenerationParts, drafted: (use: AttachmentUse) => void): ContextHandlers {
  return {
    'attachment.plan': (use) => planPicture(use, parts),
    'context.measure': async (draft, signal) => {
      for (const use of draft.attachments) drafted(use);
      const active = parts.host.active();
      if (active === null) return nothingLoaded;
      const { messages: path, replaced } = draftPath(draft, parts);
      const inputs = await readInputsSoFar(usesIn(path), parts.attachments, signal, blindName(active.model));
      const { usage, asking } = await planDraft({ draft, path, replaced, active, inputs }, parts, signal);
      return { ...contextUsage(usage, roomFor(active, parts.settings(), {})), ...(asking === null ? {} : { asking }) };
    },
    'context.plan': async (draft, signal) => {
      const { messages: path, replaced } = draftPath(draft, parts);
      const inputs = await readInputs(usesIn(path), parts.attachments, {
        signal,
        reading: () => undefined,
        blindModel: blindName(wantedModel(parts)),
      });
      const active = await parts.host.ensure({ signal, vocabularyOnly: true });
      const planned = await planDraft({ draft, path, replaced, active, inputs }, parts, signal);
      return {
        tokens: planned.ids.length,
        text: promptText(planned.prompt.pieces),
        ids: planned.ids,
        images: planned.imageReceipts,
        documents: planned.documentReceipts,
        usage: contextUsage(planned.usage, roomFor(active, parts.settings(), {})),
        warnings: planned.warnings,
        ...(planned.asking === null ? {} : { asking: planned.asking }),
        predictedMs: planned.asking?.predictedMs ?? null,
      } satisfies PromptPlan;
    },
  };
}

interface DraftContext {
  readonly draft: Draft;
  readonly path: readonly Message[];
  readonly replaced: ReadonlySet<string>;
  readonly active: ActiveModel;
  readonly inputs: Inputs;
}

interface PlannedDraft extends PlannedContext {
  readonly warnings: readonly string[];
  /** Null without documents. */
  readonly asking: AskingPlan | null;
}

async function planDraft(
  { draft, path, replaced, active, inputs }: DraftContext,
  parts: GenerationParts,
  signal: AbortSignal,
): Promise<PlannedDraft> {
  const hasImage = [...inputs.values()].some(({ kind }) => kind === 'image');
  if (hasImage && active.loaded.vision === null) throw facetError('modelCannotSee', { model: active.model.name });
  const system = systemOf(draft, parts);
  const room = roomFor(active, parts.settings(), {});
  const planned = await readingFor(
    { system, path, replaced, active, inputs, room, goesOn: null, wish: draft.mode ?? 'whole' },
    parts,
    signal,
  );
  const { images, counted } = await fitPictures(parts.planner.inMessages(path, inputs, active), {
    planner: parts.planner,
    active,
    room,
    count: (pictures) =>
      planContext(
        {
          ...{ system, path, active, inputs, documents: planned.placed },
          images: pictures.map((image) => ({ ...image, segment: unencodedSegment(image) })),
        },
        { engine: parts.engine, tokens: parts.tokens, signal },
      ),
  });
  const everyPart = planned.reading.mode === 'exhaustive';
  const asking: AskingPlan = {
    ...(everyPart
      ? coverageOfAll(planned.documents, planned.reading)
      : coverageInPrompt(planned.documents, planned.placed, planned.reading)),
    tokens: everyPart ? planned.wholeTokens : counted.usage.total,
    passes: everyPart ? Math.max(1, Math.ceil(planned.wholeTokens / Math.min(largestListPart, Math.floor(room.contextTokens / 2)))) : 1,
    wholeTokens: planned.wholeTokens,
    wholeFits: planned.wholeFits,
    predictedMs: null,
  };
  return {
    ...counted,
    warnings: [...inputWarnings(inputs, active), ...cropWarnings(images)],
    asking: planned.documents.length === 0 ? null : asking,
  };
}

/** The messages that the next send would follow, and the question itself. */
function draftPath({ conversationId, parentId, text, attachments }: Draft, parts: GenerationParts): PromptPath {
  if (conversationId !== null && parts.conversations.summary(conversationId) === null) {
    throw facetError('notFound', { what: 'conversation', id: conversationId });
  }
  const before = conversationId === null ? nothingBefore : promptPath(parts, conversationId, parentId);
  if (trimText(text) === '' && attachments.length === 0) return before;
  const question: UserMessage = {
    id: 'draft',
    conversationId: conversationId ?? 'draft',
    parentId,
    createdAt: 0,
    text: trimText(text),
    role: 'user',
    attachments,
  };
  return { ...before, messages: [...before.messages, question] };
}

const nothingBefore: PromptPath = { messages: [], compaction: null, replaced: new Set() };

function systemOf({ conversationId, system }: Draft, { conversations, settings }: GenerationParts): string {
  if (system !== undefined) return system;
  return conversationId === null ? settings().systemPrompt : (conversations.details(conversationId)?.system ?? '');
}
