import type { Attachment, ImagePlan, PageWish, Rect } from './attachments.ts';
import type { CitationSource } from './citations.ts';
import type { LogLine } from './diagnostics.ts';
import type { DocumentTable, PagePicture, PageText, PageWords } from './documents.ts';
import type { AppState } from './appState.ts';
import type { AskMode, MeaningState } from './asking.ts';
import type { AttachmentUse, Compaction, Conversation, ConversationSummary, Message, SearchHit } from './conversations.ts';
import type { ContextUsage, PromptPlan, Sampling } from './generation.ts';
import type { GpuDevice, GpuOverview } from './gpu.ts';
import type { OcrLanguage } from './ocr.ts';
import type { GpuPack } from './gpuPacks.ts';
import type { FileUse, KeptStates, LibraryHit } from './library.ts';
import type { CacheType } from './memoryEstimate.ts';
import type { DownloadSetup, ModelsFolder, VerifiedModel } from './downloads.ts';
import type { EstimateSubject, ModelEstimate } from './modelEstimate.ts';
import type { MachineFacts } from './machine.ts';
import type { EngineState, Model, ModelCheck } from './models.ts';
import type { ModelServer, ServerFacts } from './servers.ts';
import type { Settings } from './settings.ts';
import type { BenchReport, ModelSpeed } from './speed.ts';
import type { ExportedTable, ExportFormat, TableQuery, TableResult, TableSummary } from './tableQuery.ts';

type Empty = Record<string, never>;

/** What a send may override for one answer; absent fields come from the settings. */
export interface SendOptions {
  readonly sampling?: Partial<Sampling>;
  readonly maxTokens?: number;
  /** How documents are read. Absent: as the answer that is written again or goes on was, else `whole`. */
  readonly mode?: AskMode;
  /** True answers from the pages that are read when the answer is begun, and says so. Absent: waits for all of them. */
  readonly soFar?: boolean;
  /** Guesses words ahead where an answer repeats what stands before. True also where that rounds otherwise than token by token. Absent: over documents, where it changes nothing. */
  readonly lookup?: boolean;
}

export interface SentMessage {
  readonly conversationId: string;
  /** The user message the answer belongs to. */
  readonly userMessageId: string;
  readonly assistantMessageId: string;
}

/**
 * The one contract: every request of every face of Facet (desktop, browser, command line).
 * Names are `noun.verb`. Generating requests return as soon as the answer is begun and stored; its progress comes as events.
 */
// A type alias, not an interface: only aliases satisfy the index signature of RequestMap.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type Requests = {
  'app.describe': { params: Empty; result: AppDescription };
  /** Full state and the number of the newest event it includes; ask again after a gap. */
  'app.snapshot': { params: Empty; result: { readonly sequence: number; readonly state: AppState } };

  /** What the engine reported and why children died since Facet started, the oldest first; no words of chats or documents. */
  'log.read': { params: Empty; result: readonly LogLine[] };
  /** What this machine has, and how much of it is free now. */
  'machine.describe': { params: Empty; result: MachineFacts };

  'settings.update': { params: { readonly patch: Partial<Settings> }; result: Settings };

  /**
   * Begins or resumes a download; progress by `model.changed`. `id` is a catalogue id or `starterId`. `megabytes` a second take the place of the
   * setting for all downloads of this process from now on.
   */
  'model.download': { params: { readonly id: string; readonly megabytes?: number }; result: Empty };
  'model.pause': { params: { readonly id: string }; result: Empty };
  /**
   * Downloads a GGUF from an address (https, or http to this computer), or goes on with it; `sha256` and `bytes` are what it must be, null for whatever
   * comes. Resolves when the model is here; until then it is listed under an id of its own. Paused by `model.pause`.
   */
  'model.fetch': {
    params: { readonly url: string; readonly sha256: string | null; readonly bytes: number | null; readonly megabytes?: number };
    result: Model;
  };
  /** Takes a GGUF on disk, in place or (`copy`) into the data folder; `projectorPath` null looks for a matching one beside it. Cancellable. */
  'model.import': { params: { readonly path: string; readonly projectorPath: string | null; readonly copy?: boolean }; result: Model };
  'model.check': { params: { readonly path: string }; result: ModelCheck };
  /** What a model would take on this machine; nothing is downloaded or loaded. */
  'model.estimate': {
    params: { readonly subject: EstimateSubject; readonly contextTokens: number; readonly cacheType: CacheType };
    result: ModelEstimate;
  };
  /**
   * Measures how quickly models read and write on this machine, for about a minute at most: the one named, or the one in use and then every other that
   * is installed, as far as there is time. Cancellable; progress by `bench.progressed`. A question that comes meanwhile ends it (`cancelled`).
   */
  'model.bench': { params: { readonly id: string | null }; result: BenchReport };
  /** What is known of speeds by now, without measuring: installed models and the sizes that are not here, measured or predicted; without any, none. */
  'model.speeds': { params: Empty; result: readonly ModelSpeed[] };
  /** Processor and graphics cards, and what can be fetched for more of them. */
  'gpu.describe': { params: Empty; result: GpuOverview };
  /** Has a graphics card compute what the processor computes, whatever was found before. Waits for an answer that is being written; the model in memory stays. Progress by `gpu.testProgressed`; cancellable between its steps. */
  'gpu.test': { params: { readonly device: string }; result: GpuDevice };
  /** Fetches a pack, unless it is there; progress by `gpu.progressed`. Cancellable. invalidRequest where this computer cannot use it. */
  'gpu.get': { params: { readonly name: GpuPack['name'] }; result: GpuOverview };
  /** Deletes a pack; what runs on it goes on until the model is loaded again. */
  'gpu.remove': { params: { readonly name: GpuPack['name'] }; result: GpuOverview };
  /** How far documents can be searched by meaning. */
  'meaning.describe': { params: Empty; result: MeaningState };
  /** Languages that OCR can read in: English, what is here, what can be fetched. */
  'ocr.list': { params: Empty; result: readonly OcrLanguage[] };
  /** Fetches a language, unless it is there; progress by `ocr.progressed`. Cancellable. */
  'ocr.get': { params: { readonly code: string }; result: readonly OcrLanguage[] };
  /** Takes a data file of Tesseract's, `deu.traineddata`, as the language that it is named after. Rejects with fileUnreadable when it is no good. */
  'ocr.add': { params: { readonly path: string }; result: readonly OcrLanguage[] };
  /** Deletes a language's data, and takes it out of the settings. */
  'ocr.remove': { params: { readonly code: string }; result: readonly OcrLanguage[] };
  /** From now on, for this run only, OCR reads in these languages whatever the settings say. invalidRequest for one that is not here. */
  'ocr.use': { params: { readonly languages: readonly string[] }; result: Empty };
  /** Forgets the model, and deletes its files if Facet downloaded them. Not for built-in ones. */
  'model.remove': { params: { readonly id: string }; result: Empty };
  /** Brings back what was removed within the last minute. */
  'model.restore': { params: { readonly id: string }; result: Model };
  /**
   * Hashes an installed model's files again; progress by `model.verified`. With `repair`, what is bad comes again from where it was downloaded, piece by
   * piece where the pieces are known. Cancellable.
   */
  'model.verify': { params: { readonly id: string; readonly repair: boolean }; result: VerifiedModel };
  'download.describe': { params: Empty; result: DownloadSetup };
  /** Keeps an access token for the models' hub, which alone gets it; null forgets it. */
  'download.setToken': { params: { readonly token: string | null }; result: DownloadSetup };
  'modelsFolder.describe': { params: Empty; result: ModelsFolder };
  /**
   * Moves the downloaded models; progress by `modelsFolder.moved`. The old files stay until all are verified at the new place. Cut off or cancelled, nothing
   * is lost, and the next call goes on.
   */
  'modelsFolder.move': { params: { readonly path: string }; result: ModelsFolder };
  /** Resolves when ready; rejects when it failed. Absent overrides come from the settings. */
  'model.load': { params: { readonly id: string; readonly overrides?: LoadOverrides }; result: EngineState };
  'model.unload': { params: Empty; result: Empty };
  /** Ends the engine's process, whatever it does, and starts another. An answer that is being written fails with `engineStopped`; its text stays. */
  'engine.restart': { params: Empty; result: Empty };

  /** A private one is in memory only, and gone when it is removed or the app ends; its ids tell (privateIds.ts). */
  'conversation.create': { params: { readonly system?: string; readonly private?: boolean }; result: ConversationSummary };
  /** Asks a server what it runs. Nothing of any conversation is sent. */
  'server.describe': { params: { readonly address: string; readonly key: string | null }; result: ServerFacts };
  /** Adds a server as a model, or changes it. `key` null keeps the one that is there, empty forgets it. `model.remove` takes it away. */
  'server.save': { params: { readonly server: Omit<ModelServer, 'id'>; readonly key: string | null }; result: Model };
  /** From now on this conversation may be sent to the server of this model; without it nothing of it is. */
  'server.allow': { params: { readonly conversationId: string; readonly modelId: string }; result: Empty };

  /** Subscribes this connection's state to it: its messages then arrive by events. */
  'conversation.open': {
    params: { readonly id: string; /** At most so many, the newest; all when absent. */ readonly newest?: number };
    result: Conversation;
  };
  /** The messages before one of them, at most `limit`, in order of creation; `earlier` is how many come before these. */
  'conversation.earlier': {
    params: { readonly id: string; readonly before: string; readonly limit: number };
    result: { readonly messages: readonly Message[]; readonly earlier: number };
  };
  'conversation.rename': { params: { readonly id: string; readonly title: string }; result: ConversationSummary };
  'conversation.setSystem': { params: { readonly id: string; readonly system: string }; result: Empty };
  /** Hides it; `conversation.restore` brings it back until the app ends or seven days have passed. */
  'conversation.remove': { params: { readonly id: string }; result: Empty };
  'conversation.restore': { params: { readonly id: string }; result: ConversationSummary };
  'conversation.search': { params: { readonly query: string; readonly limit: number }; result: readonly SearchHit[] };
  'conversation.export': {
    params: { readonly id: string; readonly format: 'markdown' | 'json' };
    result: { readonly fileName: string; readonly text: string };
  };
  /**
   * Has the model write a summary of all turns before the last question of the branch shown, which it reads in their place from then on. Resolves when
   * it is written; what it has so far comes by `compaction.written`. Cancelled, nothing of it is kept.
   */
  'conversation.compact': { params: { readonly id: string }; result: Compaction };
  /** The turns that a summary stood for are read again. */
  'conversation.undoCompact': { params: { readonly id: string; readonly compactionId: string }; result: Empty };
  /** Shows the branch that ends at or below `messageId`. */
  'conversation.selectBranch': { params: { readonly id: string; readonly messageId: string }; result: Empty };

  /** Appends a question after `parentId` (null: at the start) and begins the answer. The question is stored even if the answer fails. */
  'message.send': {
    params: {
      readonly conversationId: string;
      readonly parentId: string | null;
      readonly text: string;
      readonly attachments: readonly AttachmentUse[];
      readonly options?: SendOptions;
    };
    result: SentMessage;
  };
  /** A new branch beside an answer, from the same question. */
  'message.regenerate': { params: { readonly messageId: string; readonly options?: SendOptions }; result: SentMessage };
  /** A new branch beside a question, with another text and the same attachments, but for those that are left out (`without`, by id). */
  'message.edit': {
    params: { readonly messageId: string; readonly text: string; readonly without?: readonly string[]; readonly options?: SendOptions };
    result: SentMessage;
  };
  /** Goes on writing a cancelled, failed or cut-off answer, in place. */
  'message.continue': { params: { readonly messageId: string; readonly options?: SendOptions }; result: SentMessage };
  /**
   * Computes an answer out of a table again by another query, in place and without a model: text and receipt are replaced and kept. Only for an answer
   * that was computed from tables, or was to be, and only over its own documents.
   */
  'message.compute': {
    params: { readonly messageId: string; readonly attachmentId: string; readonly query: TableQuery };
    result: TableResult;
  };
  /** The list of an answer that read every part (`Receipt.list`) as a file; invalidRequest for an answer without one. */
  'message.exportList': { params: { readonly messageId: string; readonly format: ExportFormat }; result: ExportedTable };
  /** Stops the answer of this message; resolves when it has stopped. Harmless when it already has. */
  'message.cancel': { params: { readonly messageId: string }; result: Empty };

  /** By path: desktop and command line only; refused on the browser's wire. Resolves when stored; reading goes on by events. */
  /**
   * `asPicture`: of a file that is a document and a picture (a TIFF of several pages), the first page as a picture. `page`: as `attachment.addPage`;
   * `password`: what opens the file for it.
   */
  'attachment.addFile': {
    params: {
      readonly path: string;
      readonly asPicture?: boolean;
      readonly page?: number;
      readonly password?: string;
      /** For private chats only. */
      readonly private?: boolean;
    };
    result: Attachment;
  };
  /** Adds the file that an attachment came from as it is now, as another attachment; answers before stay with the first. Errors as for `attachment.addFile`. */
  'attachment.readAgain': { params: { readonly id: string }; result: Attachment };
  /** Bytes in pieces of at most 256 KiB, base64, so that one JSON wire serves every face. */
  'upload.begin': {
    params: { readonly name: string; readonly bytes: number; /** For private chats only. */ readonly private?: boolean };
    result: { readonly uploadId: string };
  };
  'upload.append': { params: { readonly uploadId: string; readonly base64: string }; result: Empty };
  'upload.finish': { params: { readonly uploadId: string }; result: Attachment };
  'upload.abort': { params: { readonly uploadId: string }; result: Empty };
  /** Resolves when reading has ended (state image, document or failed). */
  'attachment.read': { params: { readonly id: string; readonly password?: string }; result: Attachment };
  /**
   * Reads one page of a PDF again, another way than the reader chose, for good and wherever this content is used. Rejects with invalidRequest when
   * nothing is found that way: the page then stays as it was. A protected document asks for its password again after a restart.
   */
  'attachment.readPage': {
    params: { readonly id: string; readonly page: number; readonly by: PageWish; readonly password?: string };
    result: Attachment;
  };
  /** Adds the picture of a page of a PDF or a TIFF as a file of its own, to be looked at by a model that sees. Errors as for `attachment.pagePicture`. */
  'attachment.addPage': { params: { readonly id: string; readonly page: number; readonly password?: string }; result: Attachment };
  /**
   * Reads a document again in the languages that OCR reads in now, for good and wherever its content is used; progress by `attachment.changed`. When that
   * fails it stays as it was.
   */
  'attachment.recognizeAgain': { params: { readonly id: string; readonly password?: string }; result: Attachment };
  'attachment.remove': { params: { readonly id: string }; result: Empty };
  /** A picture of it for the UI (the decoded picture, or nothing for documents), longest side at most `side` pixels. */
  'attachment.preview': {
    params: { readonly id: string; readonly side: number };
    result: { readonly mime: string; readonly base64: string } | null;
  };
  /** One view of a picture exactly as the model gets it: `side` by `side` pixels. `rect` null is the whole picture. */
  'attachment.view': {
    params: { readonly id: string; readonly rect: Rect | null; readonly side: number };
    result: { readonly mime: string; readonly base64: string };
  };
  /** How a picture would be looked at by the model in use, and what that costs. Rejects for what is not a picture that was read. */
  'attachment.plan': { params: AttachmentUse; result: ImagePlan };
  /**
   * The text read from a document, page by page, when all of it is read; of a picture, what OCR finds in it. `soFar`: of a document that is being read,
   * the pages that are there.
   */
  'attachment.text': { params: { readonly id: string; readonly soFar?: boolean }; result: readonly PageText[] };
  /** The tables of a document, in the order of its text; of a picture, those that OCR finds. */
  'attachment.tables': { params: { readonly id: string }; result: readonly DocumentTable[] };
  /** The tables of a document that can be computed with: those with a header and rows. Errors as for `attachment.tables`. */
  'table.describe': { params: { readonly attachmentId: string }; result: readonly TableSummary[] };
  /** Computes a query by code; no model is asked and nothing is stored. invalidRequest for what is not a query of this table. */
  'table.run': { params: { readonly attachmentId: string; readonly query: TableQuery }; result: TableResult };
  /** Where a row of a table stands in its document, by its number as in `TableResult.sources`; null when that cannot be told. */
  'table.findRow': {
    params: { readonly attachmentId: string; readonly table: number; readonly row: number };
    result: CitationSource | null;
  };
  /** What the query gives as a file, with all its rows; a query without anything is the whole table. */
  'table.export': {
    params: { readonly attachmentId: string; readonly query: TableQuery; readonly format: ExportFormat };
    result: ExportedTable;
  };
  /**
   * Where the words of a page stand; null for documents that have no pages to look at (all but PDF). A page read by OCR is recognised again, which takes
   * seconds. A protected document asks for its password again after a restart (passwordRequired).
   */
  'attachment.pageWords': {
    params: { readonly id: string; readonly page: number; readonly password?: string };
    result: PageWords | null;
  };
  /** A page as it looks, `width` pixels wide, at most 4096 on its longer side; null as for `attachment.pageWords`. */
  'attachment.pagePicture': {
    params: { readonly id: string; readonly page: number; readonly width: number; readonly password?: string };
    result: PagePicture | null;
  };

  /** Every use of a file in a chat, the newest first. */
  'library.uses': { params: Empty; result: readonly FileUse[] };
  /** Documents with every word of the query on one page, the best first; one hit for each content. */
  'library.search': { params: { readonly query: string; readonly limit: number }; result: readonly LibraryHit[] };
  /**
   * Deletes files, used or not. Chats keep their questions, answers and quotations, and go on without the file. For a minute, while this run lasts,
   * `library.restore` brings them back; then bytes, text, excerpts and the states of the chats that used them are gone.
   */
  'library.remove': { params: { readonly ids: readonly string[] }; result: Empty };
  'library.restore': { params: { readonly ids: readonly string[] }; result: readonly Attachment[] };
  /** What kept states of chats take on the disk now. */
  'state.usage': { params: Empty; result: KeptStates };
  /** Deletes them all; chats are read again where they go on. Returns what is left. */
  'state.removeAll': { params: Empty; result: KeptStates };

  /** Tokens by part for the next send; nothing is run. */
  'context.measure': {
    params: {
      readonly conversationId: string | null;
      readonly parentId: string | null;
      readonly text: string;
      readonly attachments: readonly AttachmentUse[];
      /** `whole` when absent. */
      readonly mode?: AskMode;
      /** As in `SendOptions`; files that are being read are left out when absent. */
      readonly soFar?: boolean;
    };
    result: ContextUsage;
  };
  /** The whole prompt for the next send, tokenised, without running the model. */
  'context.plan': {
    params: {
      readonly conversationId: string | null;
      readonly parentId: string | null;
      readonly text: string;
      readonly attachments: readonly AttachmentUse[];
      readonly system?: string;
      /** `whole` when absent. */
      readonly mode?: AskMode;
    };
    result: PromptPlan;
  };
};

export type RequestName = keyof Requests;

/** What a load may override. Ranges as in Settings. */
export interface LoadOverrides {
  readonly contextTokens?: number;
  readonly gpu?: string;
  readonly threads?: number;
  readonly cacheType?: CacheType;
  readonly profile?: Model['profile'];
  /** Reads the vocabulary only: enough to plan and tokenise, not to answer. */
  readonly vocabularyOnly?: boolean;
}

export interface AppDescription {
  readonly version: string;
  readonly host: 'electron' | 'headless';
  readonly platform: string;
  readonly dataFolder: string;
  /** Files can be given by path on this wire (`attachment.addFile`, `model.import` with a picker). */
  readonly pathsAllowed: boolean;
  /** Empty while the engine has not said it. */
  readonly llamaVersion: string;
  /** Sentences about what was done at this start that people should know, such as a damaged database that was put aside. */
  readonly notices?: readonly string[];
}
