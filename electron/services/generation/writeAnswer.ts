import { randomInt } from 'node:crypto';
import type { SendOptions } from '../../shared/contract.ts';
import type { AssistantMessage } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { Receipt } from '../../shared/generation.ts';
import type { Model } from '../../shared/models.ts';
import type { Settings } from '../../shared/settings.ts';
import { trimText } from '../context/pieces.ts';
import { answerRoom, type Room, tokensNeeded } from '../context/usage.ts';
import { answerFromTables } from './answerFromTables.ts';
import { answerExhaustively } from './answerExhaustively.ts';
import { coverageInPrompt } from '../asking/coverage.ts';
import { promptPath } from '../compaction/promptPath.ts';
import type { AnswerTokens } from '../conversations/answerTokenStore.ts';
import type { AnswerStart } from './answerTokens.ts';
import { wholeAnswer, writtenTokens } from './answerTokens.ts';
import type { AnswerStream } from './answerStream.ts';
import { citeDocuments, quotableTexts } from './citeDocuments.ts';
import { everyPartCost } from './everyPartCost.ts';
import { predictFirstWord } from './firstWord.ts';
import { cropWarnings, fitPictures } from './fitPictures.ts';
import { fitRefusal } from './fitRefusal.ts';
import type { GenerationParts } from './generationParts.ts';
import type { EncodedImage } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';
import { type ContextRequest, type PlannedContext, planContext } from './planContext.ts';
import { pagesSoFar } from './documentInput.ts';
import { blindName, deletedWarnings, type Inputs, type PagesByDocument, readInputs, usesIn } from './readInputs.ts';
import { readingFor } from './readingFor.ts';
import { inputWarnings, makeReceipt } from './receipts.ts';
import { runAnswer } from './runAnswer.ts';
import { samplingFor } from './samplingFor.ts';

/** One answer to write. */
export interface AnswerJob {
  readonly message: AssistantMessage;
  readonly options: SendOptions;
  /** Of a continuation: what stands already. */
  readonly start: AnswerStart;
  /** Tokens of what stands already. */
  readonly startTokens: number;
}

export interface WrittenAnswer {
  readonly receipt: Receipt;
  readonly tokens: AnswerTokens;
}

/**
 * Writes one answer: reads its files, takes the engine, loads the model, encodes pictures, checks that all fits, and runs.
 * Cancelling while the model writes is an outcome (stop reason `cancelled`), before that it rejects with `cancelled`.
 * @throws FacetError modelMissing, modelCannotSee, doesNotFit, and those of reading, loading, encoding and running
 */
export async function writeAnswer(
  job: AnswerJob,
  stream: AnswerStream,
  parts: GenerationParts,
  signal: AbortSignal,
): Promise<WrittenAnswer> {
  const begun = performance.now();
  const { conversationId, id } = job.message;
  const model = modelFor(conversationId, parts);
  const goesOn = job.start.rawText !== '';
  const prompted = promptPath(parts, conversationId, goesOn ? id : job.message.parentId, goesOn ? id : null);
  const { messages: path, replaced } = prompted;
  const system = parts.conversations.details(conversationId)?.system ?? '';
  const inputs = await readWithStages(
    { path, model, soFar: !goesOn && job.options.soFar === true, until: goesOn ? parts.readings.get(id)?.until : undefined },
    stream,
    parts,
    signal,
  );

  const asked = performance.now();
  const readMs = asked - begun;
  await parts.lock.acquire(signal, () => stream.setStage({ kind: 'waiting' }));
  try {
    const wasActive = parts.host.active();
    const active = await loadWithStages(stream, parts, signal);
    const loadedNow = active.loaded !== wasActive?.loaded;
    // Waiting for another window and loading are not part of the time to the first token.
    const excused = performance.now() - asked;
    const side = active.loaded.vision?.side ?? 0;
    const wishes = parts.planner.inMessages(path, inputs, active);
    if (wishes.length > 0 && active.loaded.vision === null) throw facetError('modelCannotSee', { model: model.name });
    const room = roomFor(active, parts.settings(), job.options);
    const planned = await readingFor(
      { system, path, replaced, active, inputs, room, goesOn: goesOn ? id : null, wish: job.options.mode ?? 'whole' },
      parts,
      signal,
    );
    const until = pagesSoFar(inputs);
    if (!goesOn) parts.transaction(() => parts.readings.save(id, until === null ? planned.reading : { ...planned.reading, until }));
    if (planned.reading.mode === 'exhaustive' || planned.reading.mode === 'tables') {
      if (wishes.length > 0)
        throw facetError('invalidRequest', { field: 'mode', reason: 'pictures are not read in parts; ask about them in another mode' });
      const write = planned.reading.mode === 'tables' ? answerFromTables : answerExhaustively;
      const everyPartMs = planned.reading.mode === 'tables' ? null : everyPartCost(planned, room, parts.speeds.costs(active)).ms;
      const every = await write({ messageId: id, system, path, active, planned, room }, stream, parts, signal);
      const rawText = stream.rawText();
      const receipt = makeReceipt({
        active,
        ...every,
        seed: 0,
        compaction: prompted.compaction,
        images: [],
        citations: await citeDocuments(trimText(rawText), inputs, parts.attachments),
        warnings: [...deletedWarnings(usesIn(path), inputs), ...inputWarnings(inputs, active), ...every.warnings],
        predictedMs: everyPartMs,
        timings: {
          loadMs: loadedNow ? active.loaded.loadMs : 0,
          encodeMs: 0,
          prefillMs: every.result.prefillMs,
          firstTokenMs: performance.now() - begun - excused,
          decodeMs: every.result.decodeMs,
        },
      });
      return { receipt, tokens: { modelSha256: active.model.text.sha256 ?? '', rawText, ids: null } };
    }
    const request = { system, path, active, inputs, documents: planned.placed };
    const plan = (pictures: ContextRequest['images']): Promise<PlannedContext> =>
      planContext({ ...request, images: pictures }, { engine: parts.engine, tokens: parts.tokens, signal });
    // Counted before any picture is encoded: what does not fit must not cost minutes first.
    const { images: pictures, counted } = await fitPictures(wishes, {
      planner: parts.planner,
      active,
      room,
      count: (fewer) => plan(fewer.map((image) => ({ ...image, segment: parts.encoder.segment(image, side) }))),
    });
    if (tokensNeeded(counted.usage, room) > room.contextTokens)
      throw await fitRefusal({ usage: counted.usage, room, path, inputs, planned, active }, parts, signal);
    const wanted = { pieces: counted.prompt.pieces, tokens: counted.usage.total, images: pictures };
    const forecast = await predictFirstWord(wanted, active, parts, signal);
    parts.transaction(() => parts.planner.keep(pictures, active));
    const images: EncodedImage[] = [];
    for (const image of pictures) {
      const looking = (name: string, view: number, views: number): void => stream.setStage({ kind: 'lookingAtView', name, view, views });
      images.push(await parts.encoder.encode(image, side, { signal, looking }));
    }
    const context = pictures.length === 0 ? counted : await plan(images);
    const sampling = samplingFor(active.model, active.profile, parts.settings().sampling, job.options.sampling);
    const seed = sampling.seed ?? randomInt(2 ** 32);
    const requested = performance.now();
    const result = await runAnswer({
      job,
      context,
      quoteTexts: quotableTexts(inputs),
      sampling: { ...sampling, seed },
      stream,
      parts,
      signal,
    });
    const encodeMs = images.reduce((sum, image) => sum + image.encodeMs, 0);
    const firstTokenMs = requested - begun - excused + result.firstTokenMs;
    parts.speeds.record(active, result);
    parts.speeds.recordOverhead(active, { tokens: result.promptTokens, ms: firstTokenMs - readMs - encodeMs - result.prefillMs });
    const tokens = await wholeAnswer(job.start, result, active, parts.engine);
    const receipt = makeReceipt({
      active,
      result,
      generatedTokens: job.startTokens + writtenTokens(result),
      seed,
      compaction: prompted.compaction,
      images: context.imageReceipts,
      documents: context.documentReceipts,
      citations: await citeDocuments(trimText(tokens.rawText), inputs, parts.attachments, [...planned.placed.values()].flat()),
      coverage: coverageInPrompt(planned.documents, planned.placed, planned.reading),
      // Looking at the pictures may have changed where they are looked at.
      warnings: [
        ...deletedWarnings(usesIn(path), inputs),
        ...inputWarnings(inputs, parts.host.active() ?? active),
        ...cropWarnings(pictures),
      ],
      predictedMs: forecast.ms,
      timings: {
        loadMs: loadedNow ? active.loaded.loadMs : 0,
        encodeMs,
        prefillMs: result.prefillMs,
        firstTokenMs,
        decodeMs: result.decodeMs,
      },
    });
    return { receipt, tokens };
  } finally {
    parts.lock.release();
  }
}

/** The model that answers next. @throws FacetError modelMissing */
export function wantedModel({ host, models }: GenerationParts): Model {
  const wish = host.wanted();
  const model = wish === null ? undefined : models.list().find(({ id }) => id === wish.id);
  if (model === undefined) throw facetError('modelMissing', { model: wish?.id ?? '' });
  return model;
}

/**
 * The model that answers next in this conversation.
 * @throws FacetError modelMissing; leavesMachine when it runs on a server that this conversation may not be sent to
 */
export function modelFor(conversationId: string, parts: GenerationParts): Model {
  const model = wantedModel(parts);
  if (model.server?.nearby === false && !parts.servers.allows(conversationId, model.id))
    throw facetError('leavesMachine', { conversation: conversationId, model: model.id, host: model.server.host });
  return model;
}

async function readWithStages(
  {
    path,
    model,
    soFar,
    until,
  }: {
    readonly path: Parameters<typeof usesIn>[0];
    readonly model: Model;
    readonly soFar: boolean;
    readonly until: PagesByDocument | undefined;
  },
  stream: AnswerStream,
  parts: GenerationParts,
  signal: AbortSignal,
): Promise<Inputs> {
  let readingId: string | null = null;
  const stop = parts.onEvent((event) => {
    if (event.name !== 'attachment.changed') return;
    const { id, name, state } = event.payload.attachment;
    if (id === readingId && state.kind === 'reading') {
      stream.setStage({ kind: 'readingDocument', name, page: state.done, pages: state.total });
    }
  });
  try {
    await parts.attachments.lookAgain(usesIn(path).map(({ attachmentId }) => attachmentId));
    return await readInputs(usesIn(path), parts.attachments, {
      signal,
      blindModel: blindName(model),
      soFar,
      ...(until === undefined ? {} : { until }),
      reading: (name, id) => {
        readingId = id;
        stream.setStage({ kind: 'readingDocument', name, page: 0, pages: 0 });
      },
    });
  } finally {
    stop();
  }
}

async function loadWithStages(stream: AnswerStream, parts: GenerationParts, signal: AbortSignal): Promise<ActiveModel> {
  const stop = parts.host.onState((state) => {
    if (state.kind === 'loading') {
      const { fraction, testing } = state;
      stream.setStage({ kind: 'loadingModel', fraction, ...(testing === undefined ? {} : { testing }) });
    } else if (state.kind === 'restarting') stream.setStage({ kind: 'loadingModel', fraction: 0 });
  });
  try {
    return await parts.host.ensure({ signal });
  } finally {
    stop();
  }
}

/** The room in the context for this answer. */
export function roomFor(active: ActiveModel, settings: Settings, options: SendOptions): Room {
  const { contextTokens, contextLimit } = active.loaded;
  return { contextTokens, contextLimit, answerRoom: answerRoom(options.maxTokens ?? settings.maxTokens, contextTokens) };
}
