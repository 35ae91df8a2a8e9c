import { randomInt } from 'node:crypto';
import { facetError } from '../../shared/errors.ts';
import { coverageInPrompt } from '../asking/coverage.ts';
import { promptPath } from '../compaction/promptPath.ts';
import { trimText } from '../context/pieces.ts';
import { tokensNeeded } from '../context/usage.ts';
import { answerInParts } from './answerInParts.ts';
import type { AnswerJob, WrittenAnswer } from './answerJob.ts';
import { modelFor, roomFor } from './answerModel.ts';
import { loadWithStages, readWithStages } from './answerStages.ts';
import type { AnswerStream } from './answerStream.ts';
import { wholeAnswer, writtenTokens } from './answerTokens.ts';
import { citeDocuments, quotableTexts } from './citeDocuments.ts';
import { pagesSoFar } from './documentInput.ts';
import { predictFirstWord } from './firstWord.ts';
import { cropWarnings, fitPictures } from './fitPictures.ts';
import { fitRefusal } from './fitRefusal.ts';
import type { GenerationParts } from './generationParts.ts';
import type { EncodedImage } from './imageViews.ts';
import { type ContextRequest, type PlannedContext, planContext } from './planContext.ts';
import { deletedWarnings, usesIn } from './readInputs.ts';
import { readingFor } from './readingFor.ts';
import { inputWarnings, makeReceipt } from './receipts.ts';
import { runAnswer } from './runAnswer.ts';
import { samplingFor } from './samplingFor.ts';

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
    const loadMs = loadedNow ? active.loaded.loadMs : 0;
    const { mode } = planned.reading;
    if (mode === 'exhaustive' || mode === 'tables') {
      if (wishes.length > 0)
        throw facetError('invalidRequest', { field: 'mode', reason: 'pictures are not read in parts; ask about them in another mode' });
      const sinceAsked = (): number => performance.now() - begun - excused;
      const request = {
        messageId: id,
        system,
        path,
        active,
        planned,
        room,
        mode,
        inputs,
        compaction: prompted.compaction,
        loadMs,
        sinceAsked,
      };
      return await answerInParts(request, stream, parts, signal);
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
        loadMs,
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
