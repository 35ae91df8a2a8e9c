import { assertNever } from '../../shared/assertNever.ts';
import type { AssistantMessage } from '../../shared/conversations.ts';
import { FacetError, facetError, toErrorData } from '../../shared/errors.ts';
import type { Receipt } from '../../shared/generation.ts';
import type { AppClient } from '../appClient.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { type AskValues, attachmentUses, loadOverrides, sendOptions } from './askOptions.ts';
import { type Asking, forgetInputs, noteWarnings } from './asking.ts';
import { answerReport, answerWarnings, withStall } from './askReport.ts';
import { chooseModel } from './chooseModel.ts';
import { chooseServer } from './chooseServer.ts';
import { answerDoubt, type ExportedAnswer, exportAnswer } from './exportAnswer.ts';
import { type AnswerListener, followAnswer, stageInWords } from './followAnswer.ts';
import { loadModel, type ReadyEngine } from './loadModel.ts';
import { createTrimmedStream } from './trimmedStream.ts';

interface Answered {
  readonly message: AssistantMessage;
  readonly engine: ReadyEngine;
}

/** Loads the model, sends the question, and prints the answer as it comes or as one report. */
export async function answerQuestion(asking: Asking): Promise<ExitCode> {
  const { app, options, question, inputs, parentId, context } = asking;
  const { message, engine } = await sendAndFollow(asking).catch(async (error: unknown) => {
    await forgetInputs(app, inputs);
    throw error;
  });
  const receipt = receiptOf(message);
  const warnings = withStall(answerWarnings(receipt), app);
  // A file that could not be written is told after the answer, which is good without it.
  const { exported, failure } = await saveAnswer(asking, message.id, receipt);
  if (!options.json) {
    noteWarnings(warnings, context);
    if (exported !== null)
      context.output.note(`facet: ${exported.rows === 1 ? '1 row is' : `${exported.rows} rows are`} in ${exported.file}`);
    if (failure !== null) throw failure;
    return exitCodes.ok;
  }
  // The answer itself says it to people; programs may read this alone.
  const doubt = answerDoubt(receipt);
  // Asked after the answer, so that planning takes no part in its times.
  const attachments = attachmentUses(options, inputs, app.state().settings.panScan);
  const { text: promptText } = await app.request('context.plan', {
    conversationId: message.conversationId,
    parentId,
    text: question,
    attachments,
    mode: receipt.coverage?.mode ?? 'whole',
  });
  context.output.json(
    answerReport({
      answer: message.text,
      // A private one is gone when this command ends.
      chatId: options.private ? null : message.conversationId,
      receipt,
      promptText,
      engine,
      inputs,
      readingMs: asking.readingMs,
      warnings: doubt === null ? warnings : [...warnings, doubt],
      ...(exported === null ? {} : { exported }),
    }),
  );
  if (failure !== null) throw failure;
  return exitCodes.ok;
}

async function saveAnswer(
  { app, options, context }: Asking,
  id: string,
  receipt: Receipt,
): Promise<{ readonly exported: ExportedAnswer | null; readonly failure: FacetError | null }> {
  if (options.export === null) return { exported: null, failure: null };
  try {
    return { exported: await exportAnswer(app, options.export, { id, receipt }, context), failure: null };
  } catch (error) {
    return { exported: null, failure: new FacetError(toErrorData(error), { cause: error }) };
  }
}

async function sendAndFollow({ app, options, question, inputs, parentId, context }: Asking): Promise<Answered> {
  const { output, signal } = context;
  const model =
    options.server === null ? await chooseModel(app, options, context) : await chooseServer(app, options.server, options, context);
  const engine = await loadModel(app, model, loadOverrides(options), output, signal);
  const { conversationId, undo } = await openChat(app, options);
  // Naming the server in so many words is the permission to ask it.
  if (options.server !== null) await app.request('server.allow', { conversationId, modelId: model.id });
  const write = options.json ? (): void => undefined : output.write;
  const stream = createTrimmedStream(write);
  const listener: AnswerListener = {
    wrote: stream.push,
    staged: (stage) => output.progress(stage.kind === 'writing' ? null : stageInWords(stage)),
  };
  const attachments = attachmentUses(options, inputs, app.state().settings.panScan);
  const sent = { conversationId, parentId, text: question, attachments, options: sendOptions(options) };
  const message = await followAnswer(app, sent, listener, signal).catch(async (error: unknown) => {
    if (options.chat === null) await removeEmptyChat(app, conversationId);
    await undo();
    throw error;
  });
  if (wasRefused(message)) await undo();
  stream.finish(message.text);
  if (message.text !== '') write('\n');
  return { message, engine };
}

interface OpenedChat {
  readonly conversationId: string;
  /** Gives a stored chat the system text back that it had. */
  readonly undo: () => Promise<void>;
}

async function openChat(app: AppClient, { chat: id, system, private: isPrivate }: AskValues): Promise<OpenedChat> {
  if (id === null) {
    const created = await app.request('conversation.create', { system: system ?? '', private: isPrivate });
    return { conversationId: created.id, undo: () => Promise.resolve() };
  }
  if (system === null) return { conversationId: id, undo: () => Promise.resolve() };
  const before = await app.request('conversation.open', { id });
  await app.request('conversation.setSystem', { id, system });
  const undo = async (): Promise<void> => {
    await app.request('conversation.setSystem', { id, system: before.system });
  };
  return { conversationId: id, undo };
}

/** True when it failed before a word of it was written: the engine has not worked with what was asked. */
function wasRefused({ state, text }: AssistantMessage): boolean {
  return state.kind === 'failed' && text === '';
}

/** A refused question leaves no empty chat behind; one that was stored stays. */
async function removeEmptyChat(app: AppClient, id: string): Promise<void> {
  const { messages } = await app.request('conversation.open', { id });
  if (messages.length === 0) await app.request('conversation.remove', { id });
}

/** The receipt of a finished answer. @throws FacetError when it was stopped or failed; what was written is kept */
function receiptOf(message: AssistantMessage): Receipt {
  const { state } = message;
  switch (state.kind) {
    case 'complete':
      return state.receipt;
    case 'cancelled':
      throw facetError('cancelled', {});
    case 'failed':
      throw new FacetError(state.error);
    case 'generating':
      throw facetError('internal', { message: 'The answer was reported as ended while it was not.' });
    default:
      return assertNever(state, 'answer state');
  }
}
