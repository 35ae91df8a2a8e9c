import { assertNever } from '../../shared/assertNever.ts';
import type { AppEvent } from '../../shared/appState.ts';
import type { Requests } from '../../shared/contract.ts';
import type { AssistantMessage } from '../../shared/conversations.ts';
import { isCancelled } from '../../shared/errors.ts';
import type { GenerationStage } from '../../shared/generation.ts';
import { gpuTestWords } from '../../shared/gpu.ts';
import type { AppClient } from '../appClient.ts';

export interface AnswerListener {
  /** New text at the end. */
  wrote(text: string): void;
  staged(stage: GenerationStage): void;
}

/**
 * Sends a question and follows its answer to the end, whatever end that is.
 * When the signal aborts, the answer is stopped and what was written stays.
 * @throws FacetError when the question itself is refused
 */
export async function followAnswer(
  app: AppClient,
  question: Requests['message.send']['params'],
  listener: AnswerListener,
  signal: AbortSignal,
): Promise<AssistantMessage> {
  const waiting: AppEvent[] = [];
  let take = (event: AppEvent): void => void waiting.push(event);
  const unsubscribe = app.onEvent((event) => take(event));
  try {
    const { assistantMessageId: id } = await app.request('message.send', question);
    const cancel = (): void => {
      app.request('message.cancel', { messageId: id }).catch((error: unknown) => {
        if (!isCancelled(error)) listener.staged({ kind: 'waiting' });
      });
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    const ended = new Promise<AssistantMessage>((resolve) => {
      take = (event) => tell(event, id, listener, resolve);
    });
    for (const event of waiting) take(event);
    return await ended.finally(() => signal.removeEventListener('abort', cancel));
  } finally {
    unsubscribe();
  }
}

function tell(event: AppEvent, id: string, listener: AnswerListener, ended: (message: AssistantMessage) => void): void {
  switch (event.name) {
    case 'message.appended':
      if (event.payload.messageId === id) listener.wrote(event.payload.text);
      return;
    case 'message.staged':
      if (event.payload.messageId === id) listener.staged(event.payload.stage);
      return;
    case 'message.changed': {
      const { message } = event.payload;
      if (message.id === id && message.role === 'assistant' && message.state.kind !== 'generating') ended(message);
      return;
    }
    case 'settings.changed':
    case 'model.changed':
    case 'model.removed':
    case 'engine.changed':
    case 'conversation.changed':
    case 'conversation.removed':
    case 'conversation.headMoved':
    case 'compaction.added':
    case 'compaction.removed':
    case 'compaction.written':
    case 'attachment.changed':
    case 'attachment.removed':
    case 'image.prepared':
    case 'bench.progressed':
    case 'model.verified':
    case 'modelsFolder.moved':
    case 'gpu.progressed':
    case 'gpu.testProgressed':
    case 'ocr.progressed':
    case 'meaning.changed':
      return;
    default:
      assertNever(event, 'event');
  }
}

/** What is going on, in plain words. */
export function stageInWords(stage: GenerationStage): string {
  switch (stage.kind) {
    case 'waiting':
      return 'Waiting: another window or terminal is using the engine';
    case 'loadingModel':
      if (stage.checking === true) return 'Checking the file of the model';
      if (stage.testing !== undefined) return gpuTestWords(stage.testing);
      return `Loading the model: ${Math.round(stage.fraction * 100)} %`;
    case 'readingDocument':
      return `Reading ${stage.name}: page ${stage.page} of ${stage.pages}`;
    case 'lookingAtView':
      return `Looking at ${stage.name}: view ${stage.view} of ${stage.views}`;
    case 'readingParts':
      return `Reading part ${stage.part} of ${stage.parts}${stage.found === 0 ? '' : `, ${stage.found} found`}`;
    case 'readingPrompt':
      return `Reading: ${Math.round((100 * stage.doneTokens) / Math.max(1, stage.totalTokens))} %`;
    case 'writing':
      return 'Writing';
    default:
      return assertNever(stage, 'stage');
  }
}
