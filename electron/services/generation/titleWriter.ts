import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerState, Message, UserMessage } from '../../shared/conversations.ts';
import { isPrivateId } from '../../shared/privateIds.ts';
import { writePrompt } from '../context/writePrompt.ts';
import { promptPath } from '../compaction/promptPath.ts';
import { newId } from '../newId.ts';
import { gatherSegments } from './gatherSegments.ts';
import type { GenerationParts } from './generationParts.ts';
import type { ActiveModel } from './modelHost.ts';
import { cleanTitle } from './cleanTitle.ts';

/** How long nothing must have happened before a title is written, in milliseconds. */
const defaultIdleMs = 1_500;
/** Longest title the model may write, in tokens. */
const titleTokens = 24;
const instruction = 'Give this conversation a title of at most six words. Answer with the title only.';

/** Gives conversations a title in idle time, and makes way at once. */
export interface TitleWriter {
  /** An answer came to its end. */
  answered(message: Message, state: AnswerState): void;
  /** Stops a title that is being written. */
  makeWay(): void;
  /** Resolves when nothing is being written any more. */
  close(): Promise<void>;
}

export function createTitleWriter(parts: GenerationParts, isBusy: () => boolean, idleMs = defaultIdleMs): TitleWriter {
  let controller = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  const makeWay = (): void => {
    controller.abort();
    controller = new AbortController();
  };
  const write = async (message: Message, signal: AbortSignal): Promise<void> => {
    await delay(idleMs, undefined, { signal, ref: false });
    const { conversationId } = message;
    const active = parts.host.active();
    const summary = parts.conversations.summary(conversationId);
    if (summary?.title !== '' || active === null || !writesTitles(active)) return;
    if (active.model.server?.nearby === false && !parts.servers.allows(conversationId, active.model.id)) return;
    if (isBusy() || !parts.lock.tryAcquire()) return;
    try {
      const title = cleanTitle(await askForTitle(message, active, parts, signal));
      // Someone may have named it meanwhile.
      if (title === null || parts.conversations.summary(conversationId)?.title !== '') return;
      parts.conversations.retitle(conversationId, title, 'model');
      const changed = parts.conversations.summary(conversationId);
      if (changed !== null) parts.emit('conversation.changed', { summary: changed });
    } finally {
      parts.lock.release();
    }
  };
  return {
    makeWay,
    answered: (message, state) => {
      if (closed || state.kind !== 'complete' || isPrivateId(message.conversationId)) return;
      makeWay();
      // A title is a courtesy, and what stops the engine is told where the engine's state is told.
      running = write(message, controller.signal).catch(() => undefined);
    },
    close: async () => {
      closed = true;
      makeWay();
      await running;
    },
  };
}

/** Pretrained checkpoints and models of unknown make write no titles worth reading; the first words of the question stand in. */
function writesTitles({ model, profile, vocabularyOnly }: ActiveModel): boolean {
  return profile === 'turns' && model.size !== 'custom' && !vocabularyOnly;
}

/** Asks in one more turn after the conversation, so that its state is found again and stays for the next question. */
async function askForTitle(message: Message, active: ActiveModel, parts: GenerationParts, signal: AbortSignal): Promise<string> {
  const { messages: path } = promptPath(parts, message.conversationId, message.id);
  // With files it would have to be read again from the start.
  if (path.some((turn) => turn.role === 'user' && turn.attachments.length > 0)) return '';
  const request: UserMessage = { ...message, id: newId(), role: 'user', text: instruction, attachments: [] };
  const segments = gatherSegments(parts.conversations.details(message.conversationId)?.system ?? '', [...path, request], {
    inputs: new Map(),
    documents: new Map(),
    image: () => null,
    tokens: (messageId) => parts.tokens.get(messageId),
    modelSha256: active.model.text.sha256,
  });
  const result = await parts.engine.request(
    'generation.run',
    {
      runId: request.id,
      parts: writePrompt(segments, active.profile).pieces.map(({ part }) => part),
      sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 0 },
      maxTokens: titleTokens,
      stopTexts: ['\n'],
      owner: message.conversationId,
    },
    signal,
  );
  return result.stopReason === 'cancelled' ? '' : result.text;
}
