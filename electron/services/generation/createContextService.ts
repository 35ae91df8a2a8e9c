import type { AskMode, AskingPlan } from '../../shared/asking.ts';
import type { Requests } from '../../shared/contract.ts';
import type { AttachmentUse, Message, UserMessage } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { ContextUsage, FirstWord, PromptPlan } from '../../shared/generation.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import { trimText } from '../context/pieces.ts';
import { type Room, contextUsage } from '../context/usage.ts';
import { promptText } from '../context/writePrompt.ts';
import { coverageInPrompt, coverageOfAll } from '../asking/coverage.ts';
import { promptPath } from '../compaction/promptPath.ts';
import type { PromptPath } from '../compaction/compactPath.ts';
import { everyPartCost } from './everyPartCost.ts';
import { predictFirstWord } from './firstWord.ts';
import { cropWarnings, fitPictures } from './fitPictures.ts';
import type { GenerationParts } from './generationParts.ts';
import type { ActiveModel } from './modelHost.ts';
import { type PlannedContext, planContext } from './planContext.ts';
import { planPicture } from './planPicture.ts';
import { blindName, type Inputs, readInputs, readInputsSoFar, usesIn } from './readInputs.ts';
import { readingFor } from './readingFor.ts';
import type { PlannedReading } from '../asking/planReading.ts';
import type { RunCosts } from '../speeds/runSpeeds.ts';
import { assertNever } from '../../shared/assertNever.ts';
import { inputWarnings } from './receipts.ts';
import { roomFor, wantedModel } from './answerModel.ts';

/** What a send would be made of. */
interface Draft {
  readonly conversationId: string | null;
  readonly parentId: string | null;
  readonly text: string;
  readonly attachments: readonly AttachmentUse[];
  readonly system?: string;
  readonly mode?: AskMode;
  readonly soFar?: boolean;
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
      const inputs = await readInputsSoFar(usesIn(path), parts.attachments, signal, {
        blindModel: blindName(active.model),
        soFar: draft.soFar ?? false,
      });
      const { usage, asking, firstWord } = await planDraft({ draft, path, replaced, active, inputs }, parts, signal);
      const parted = contextUsage(usage, roomFor(active, parts.settings(), {}));
      return { ...parted, firstWord, ...(asking === null ? {} : { asking }) };
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
        predictedMs: planned.asking === null ? planned.firstWord.ms : planned.asking.predictedMs,
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
  readonly firstWord: FirstWord;
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
          images: pictures.map((image) => ({ ...image, segment: parts.encoder.segment(image, active.loaded.vision?.side ?? 0) })),
        },
        { engine: parts.engine, tokens: parts.tokens, signal },
      ),
  });
  const prompt = { pieces: counted.prompt.pieces, tokens: counted.usage.total, images };
  const firstWord = await predictFirstWord(prompt, active, parts, signal);
  return {
    ...counted,
    warnings: [...inputWarnings(inputs, active), ...cropWarnings(images)],
    asking: planned.documents.length === 0 ? null : askingPlan(planned, firstWord, room, parts.speeds.costs(active)),
    firstWord,
  };
}

function askingPlan(planned: PlannedReading, firstWord: FirstWord, room: Room, costs: RunCosts): AskingPlan {
  const { reading, documents, placed, wholeTokens, wholeFits } = planned;
  const whole = { wholeTokens, wholeFits };
  switch (reading.mode) {
    case 'exhaustive': {
      const { passes, ms } = everyPartCost(planned, room, costs);
      return { ...coverageOfAll(documents, reading), ...whole, tokens: wholeTokens, passes, predictedMs: ms };
    }
    case 'tables':
      // What is read are the tables' columns, which nobody waits for; the query is written by the model.
      return { ...coverageInPrompt(documents, placed, reading), ...whole, tokens: firstWord.tokens, passes: 1, predictedMs: null };
    case 'whole':
    case 'relevant':
      return { ...coverageInPrompt(documents, placed, reading), ...whole, tokens: firstWord.tokens, passes: 1, predictedMs: firstWord.ms };
    default:
      return assertNever(reading.mode, 'reading mode');
  }
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
