import type { Model } from '../../shared/models.ts';
import type { AnswerStream } from './answerStream.ts';
import type { GenerationParts } from './generationParts.ts';
import type { ActiveModel } from './modelHost.ts';
import { blindName, type Inputs, type PagesByDocument, readInputs, usesIn } from './readInputs.ts';

/** Reads the files of a chat, telling which and how far. Errors as `readInputs`. */
export async function readWithStages(
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

/** Loads the model where it is not in memory, telling how far. Errors as the model host's `ensure`. */
export async function loadWithStages(stream: AnswerStream, parts: GenerationParts, signal: AbortSignal): Promise<ActiveModel> {
  const stop = parts.host.onState((state) => {
    if (state.kind === 'loading') {
      const { fraction, checking, testing } = state;
      stream.setStage({
        kind: 'loadingModel',
        fraction,
        ...(checking === undefined ? {} : { checking }),
        ...(testing === undefined ? {} : { testing }),
      });
    } else if (state.kind === 'restarting') stream.setStage({ kind: 'loadingModel', fraction: 0 });
  });
  try {
    return await parts.host.ensure({ signal });
  } finally {
    stop();
  }
}
