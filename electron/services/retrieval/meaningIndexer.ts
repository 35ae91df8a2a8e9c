import type { Attachment, AttachmentState } from '../../shared/attachments.ts';
import type { PageText } from '../../shared/documents.ts';
import { type ErrorData, toErrorData } from '../../shared/errors.ts';
import type { MeaningState } from '../../shared/asking.ts';
import type { ChunkIndex, SearchedDocument } from './chunkIndex.ts';
import { ownQuestions, testMeaning } from './meaningTest.ts';
import { documentPrompt, queryPrompt, type TextEmbedder } from './textEmbedder.ts';
import type { VectorStore } from './vectorStore.ts';

/** Texts embedded at once: about a second of two cores, after which others get their turn. */
const batchTexts = 4;

/** Gives documents the vectors of their chunks while nobody waits for the processor. */
export interface MeaningIndexer {
  /** There may be something to do, and time for it. */
  goOn(): void;
  /** Stops at once; what was made stays. */
  makeWay(): void;
  state(): MeaningState;
  /** Resolves when nothing runs any more. */
  close(): Promise<void>;
}

export interface MeaningIndexerOptions {
  /** Without those of private chats, whose words are nowhere but in memory. */
  readonly attachments: { list(): readonly Attachment[]; text(id: string): Promise<readonly PageText[]> };
  readonly index: ChunkIndex;
  readonly vectors: VectorStore;
  readonly embedder: TextEmbedder;
  readonly isBusy: () => boolean;
  /** Called whenever `state` tells something new. */
  readonly changed: () => void;
}

type ReadDocument = Attachment & { readonly state: Extract<AttachmentState, { readonly kind: 'document' }> };

export function createMeaningIndexer(options: MeaningIndexerOptions): MeaningIndexer {
  const { index, vectors, embedder, isBusy, changed } = options;
  let controller = new AbortController();
  let working: MeaningState['working'] = null;
  /** Why documents could not be prepared the last time. */
  let failure: ErrorData | null = null;
  let wanted = false;
  let closed = false;
  let running: Promise<void> | null = null;

  const show = (next: MeaningState['working']): void => {
    working = next;
    changed();
  };
  /** Each content once. */
  const documents = (): readonly ReadDocument[] => {
    const found = new Map<string, ReadDocument>();
    for (const attachment of options.attachments.list())
      if (isDocument(attachment)) found.set(`${attachment.sha256} ${attachment.state.document.format}`, attachment);
    return [...found.values()];
  };
  const sourceOf = ({ sha256, state }: ReadDocument) => ({ sha256, format: state.document.format });

  const prepare = async (attachment: ReadDocument, model: string, signal: AbortSignal): Promise<void> => {
    const document: SearchedDocument = { ...sourceOf(attachment), pages: await options.attachments.text(attachment.id) };
    const texts = new Map(document.pages.map(({ page, text }) => [page, text]));
    const chunks = index.chunks(document);
    const missing = vectors.missing(document, model);
    const questions = ownQuestions(document, chunks);
    const total = chunks.length + questions.length;
    const told = (done: number): void => show({ name: attachment.name, done, total });
    const inBatches = async <T>(items: readonly T[], textOf: (item: T) => string, before: number): Promise<readonly Float32Array[]> => {
      const made: Float32Array[] = [];
      for (let from = 0; from < items.length; from += batchTexts) {
        signal.throwIfAborted();
        told(before + from);
        const batch = items.slice(from, from + batchTexts);
        made.push(...(await embedder.embed(batch.map(textOf), signal)));
      }
      return made;
    };
    for (let from = 0; from < missing.length; from += batchTexts) {
      const batch = missing.slice(from, from + batchTexts);
      const textOf = ({ page, start, end, heading }: (typeof batch)[number]): string =>
        documentPrompt(heading, (texts.get(page) ?? '').slice(start, end));
      const made = await inBatches(batch, textOf, chunks.length - missing.length + from);
      vectors.save(
        model,
        batch.flatMap(({ id }, place) => (made[place] === undefined ? [] : [{ id, vector: made[place] }])),
      );
    }
    const questionVectors = await inBatches(questions, ({ text }) => queryPrompt(text), chunks.length);
    vectors.saveTest(document, model, testMeaning({ document, questions, questionVectors, model }, { index, vectors }));
  };

  const prepareAll = async (signal: AbortSignal): Promise<void> => {
    const model = embedder.model();
    if (model === null || closed || isBusy()) return;
    vectors.keepOnly(model);
    for (const attachment of documents()) {
      signal.throwIfAborted();
      if (embedder.model() !== model) return;
      if (vectors.test(sourceOf(attachment), model) === null) await prepare(attachment, model, signal);
    }
  };
  const run = async (): Promise<void> => {
    while (wanted && !closed) {
      wanted = false;
      const { signal } = controller;
      try {
        await prepareAll(signal);
        failure = null;
      } catch (error) {
        // Stopped or failed, it goes on in the next quiet time.
        if (!signal.aborted) failure = toErrorData(error);
      }
      if (working !== null || failure !== null) show(null);
    }
    running = null;
  };

  return {
    goOn: () => {
      wanted = true;
      if (!closed) running ??= run();
    },
    makeWay: () => {
      wanted = false;
      controller.abort();
      controller = new AbortController();
    },
    state: () => {
      const model = embedder.model();
      const tests = model === null ? [] : documents().map((document) => vectors.test(sourceOf(document), model));
      return {
        documents: documents().length,
        ready: tests.filter((test) => test?.trusted === true).length,
        distrusted: tests.filter((test) => test?.trusted === false).length,
        working,
        memoryBytes: embedder.memoryBytes(),
        problem: embedder.problem() ?? failure,
      };
    },
    close: async () => {
      closed = true;
      controller.abort();
      await running;
    },
  };
}

function isDocument(attachment: Attachment): attachment is ReadDocument {
  return attachment.state.kind === 'document';
}
