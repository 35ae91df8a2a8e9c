import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../database/openDatabase.ts';
import type { ReaderClient } from '../../reader/readerClient.ts';
import type { InkProfile, PageRequest } from '../../reader/readerContract.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { Attachment, AttachmentState, PageWish } from '../../shared/attachments.ts';
import type { DocumentTable, PageText } from '../../shared/documents.ts';
import { endingWarnings } from '../../shared/endingWarnings.ts';
import { FacetError, facetError, isCancelled, toErrorData } from '../../shared/errors.ts';
import type { Emit } from '../emit.ts';
import { newId } from '../newId.ts';
import { createAttachmentRows } from './attachmentRows.ts';
import { checkSource, openContentStore, type StoredContent } from './contentStore.ts';
import { displayName } from './displayName.ts';
import { createFileOrigins, type FileOrigin } from './fileOrigins.ts';
import { createFileReading, type FileReadingOptions } from './fileReading.ts';
import { englishReading, type OcrReading } from '../ocr/ocrReading.ts';
import { createSinglePages, type PageOptions } from './singlePages.ts';
import { createReadingProgress, type DocumentSoFar, type ReadingProgress } from './readingProgress.ts';
import { createReadings, type Reading } from './readings.ts';
import { createUploads, type Uploads } from './uploads.ts';

/** Attachments that no message ever used are forgotten after this long, in milliseconds. */
const unusedKeptMs = 7 * 86_400_000;
/** Progress is announced at most this often, in milliseconds. */
const progressEveryMs = 100;

export interface AttachmentsServiceOptions {
  readonly database: Database;
  readonly dataFolder: string;
  readonly reader: ReaderClient;
  readonly emit: Emit;
  /** Languages that OCR reads in; English alone by default. */
  readonly ocr?: OcrReading;
  /** Makes the ids of files. */
  readonly makeId?: () => string;
}

export interface AttachmentsService {
  /** In the order they were added. */
  list(): readonly Attachment[];
  /** @throws FacetError notFound */
  get(id: string): Attachment;
  /** Where its bytes are, for the reader. @throws FacetError notFound */
  fileOf(id: string): { readonly path: string; readonly name: string };
  /** Stores a copy and begins to read it. `asPicture`: of a file that is both, its first page as a picture, until the end of this run. `page`: only that page, as `addPage`. @throws FacetError notFound, fileUnreadable, fileTooLarge, diskFull, diskFailed */
  addFile(source: string, options?: AddFileOptions): Promise<Attachment>;
  /**
   * Adds the file that an attachment came from as it is now, as another attachment; the first stays what it was.
   * @throws FacetError invalidRequest when it came from no file of this machine; those of `addFile`
   */
  readAgain(id: string): Promise<Attachment>;
  /** Looks whether the files that these came from have changed; tells by `attachment.changed`. Never rejects. */
  lookAgain(ids: readonly string[]): Promise<void>;
  readonly uploads: Pick<Uploads, 'begin' | 'append' | 'abort'> & { finish(uploadId: string): Promise<Attachment> };
  /** Resolves when reading has ended; tries again when it had failed. Never rejects for what is wrong with the file: that is a state. */
  read(id: string, password?: string): Promise<Attachment>;
  /** As it stands once reading has ended; a failed one is not tried again. @throws FacetError notFound */
  settled(id: string): Promise<Attachment>;
  /** The first pages of a document that is still being read; null before there are any, and for whatever is not being read. @throws FacetError notFound */
  soFar(id: string): DocumentSoFar | null;
  /** Text of a document by page, once it is read. @throws FacetError of a failed reading; invalidRequest for a picture */
  text(id: string): Promise<readonly PageText[]>;
  /** Tables of a document, once it is read. Errors as for `text`. */
  tables(id: string): Promise<readonly DocumentTable[]>;
  /** The password that opened its content in this run, which is kept in memory only; null when none was needed or given. @throws FacetError notFound */
  passwordOf(id: string): string | null;
  /** Reads a page of a PDF another way, for all attachments of this content. @throws FacetError as the reader; invalidRequest where nothing is found */
  readPage(id: string, page: number, by: PageWish, options?: PageOptions): Promise<Attachment>;
  /** Adds the picture of a page as a file of its own. @throws FacetError as the reader */
  addPage(id: string, page: number, options?: PageOptions): Promise<Attachment>;
  /** Reads a document again in the languages that OCR reads in now, for all attachments of this content. @throws FacetError of the reading; it then stays as it was */
  recognizeAgain(id: string, password?: string): Promise<Attachment>;
  /** @throws FacetError busy when a message uses it */
  remove(id: string): Promise<void>;
  /** Takes it out of every list, used or not, and stops reading it; `bringBack` undoes that until `dropHidden`. @throws FacetError notFound */
  hide(id: string): Promise<void>;
  /** @throws FacetError notFound when its bytes are gone */
  bringBack(id: string): Attachment;
  /** Deletes what was hidden this long ago, in milliseconds, or longer: bytes, text and rows. Returns the ids. */
  dropHidden(agoMs: number): readonly string[];
  /** Where a picture has ink; null for what is not a picture that was read. @throws FacetError notFound */
  ink(id: string): InkProfile | null;
  /** Stops reading; what was not read goes on at the next start. */
  close(): Promise<void>;
}

export interface AddFileOptions {
  readonly asPicture: boolean;
  readonly page?: number;
  /** What opens the file for `page`. */
  readonly password?: string;
}

interface Running {
  readonly abort: AbortController;
  readonly ended: Promise<Attachment>;
  /** Not stored. */
  readonly progress: ReadingProgress;
}

/** Opens the store and goes on reading what an earlier run left unread. */
export async function createAttachmentsService(options: AttachmentsServiceOptions): Promise<AttachmentsService> {
  const { database, dataFolder, reader, emit, ocr = englishReading, makeId = newId } = options;
  const store = await openContentStore(path.join(dataFolder, 'attachments'));
  const rows = createAttachmentRows(database);
  const readings = createReadings(database);
  const reading = createFileReading({ reader, store, readings, ocr });
  const origins = createFileOrigins(database);
  const uploads = createUploads(store);
  const running = new Map<string, Running>();

  const current = (attachment: Attachment): Attachment => {
    const active = running.get(attachment.id);
    const known = { ...attachment, ...origins.facts(attachment.id) };
    return active === undefined ? { ...known, state: named(known) } : { ...known, state: active.progress.state };
  };
  const get = (id: string): Attachment => current(rows.get(id));

  const passwords = new Map<string, string>();
  const documentOf = async (id: string): Promise<{ readonly sha256: string; readonly format: string }> => {
    const { state, sha256 } = await settled(id);
    if (state.kind === 'failed') throw new FacetError(state.error);
    if (state.kind !== 'document') throw facetError('invalidRequest', { field: 'id', reason: 'the attachment is not a document' });
    return { sha256, format: state.document.format };
  };

  /** All attachments of one content say the same of it. */
  const shareState = ({ id, sha256, state }: Attachment): void => {
    if (state.kind !== 'document') return;
    const facts = JSON.stringify(state);
    for (const other of rows.list()) {
      if (other.id === id || other.sha256 !== sha256 || other.state.kind !== 'document' || JSON.stringify(other.state) === facts) continue;
      if (rows.setState(other.id, state)) emit('attachment.changed', { attachment: get(other.id) });
    }
  };

  const startReading = (attachment: Attachment, password: string | null, asPicture = false): Running => {
    const abort = new AbortController();
    const progress = createReadingProgress();
    let nextAnnouncement: NodeJS.Timeout | null = null;
    const announce = (): void => emit('attachment.changed', { attachment: { ...attachment, state: progress.state } });
    const onPage: FileReadingOptions['onPage'] = (...page) => {
      progress.advance(...page);
      if (nextAnnouncement !== null) return;
      announce();
      // The newest page is told too when none follows it for a while.
      nextAnnouncement = setTimeout(() => {
        nextAnnouncement = null;
        if (running.get(attachment.id) === active) announce();
      }, progressEveryMs);
    };
    const stopAnnouncing = (): void => clearTimeout(nextAnnouncement ?? undefined);
    const finish = (state: AttachmentState): Attachment => {
      stopAnnouncing();
      running.delete(attachment.id);
      let finished = { ...attachment, state };
      try {
        if (!rows.setState(attachment.id, state)) return finished;
      } catch (error) {
        // It is read again at the next start; until then nobody must wait for it.
        finished = { ...attachment, state: { kind: 'failed', error: toErrorData(error) } };
      }
      const shown = current(finished);
      emit('attachment.changed', { attachment: shown });
      shareState(finished);
      return shown;
    };
    const read = reading.read(attachment, { password, asPicture, signal: abort.signal, onPage }).then((made) => {
      if (password !== null) passwords.set(attachment.sha256, password);
      return stateOf(made);
    });
    const ended = read.then(finish, (error: unknown) => {
      if (!isCancelled(error) || !abort.signal.aborted) return finish({ kind: 'failed', error: toErrorData(error) });
      stopAnnouncing();
      running.delete(attachment.id);
      return attachment;
    });
    const active: Running = { abort, ended, progress };
    running.set(attachment.id, active);
    return active;
  };

  const add = (content: StoredContent, name: string, asPicture = false, origin: FileOrigin | null = null): Attachment => {
    const state: AttachmentState = { kind: 'reading', done: 0, total: 0 };
    const added: Attachment = { id: makeId(), name, ...content, createdAt: Date.now(), state };
    rows.add(added);
    if (origin !== null) origins.save(added.id, origin);
    const attachment = { ...added, ...origins.facts(added.id) };
    emit('attachment.changed', { attachment });
    startReading(attachment, null, asPicture);
    return attachment;
  };

  const read = (id: string, password?: string): Promise<Attachment> => {
    const attachment = get(id);
    const active = running.get(id);
    if (active !== undefined) {
      if (password === undefined) return active.ended;
      // It was begun without the password, as soon as the file was added.
      return active.ended.then((ended) =>
        ended.state.kind === 'failed' && ended.state.error.code === 'passwordRequired' ? read(id, password) : ended,
      );
    }
    if (attachment.state.kind === 'image' || attachment.state.kind === 'document') return Promise.resolve(attachment);
    const again = startReading({ ...attachment, state: { kind: 'reading', done: 0, total: 0 } }, password ?? null);
    emit('attachment.changed', { attachment: get(id) });
    return again.ended;
  };

  const settled = (id: string): Promise<Attachment> => {
    const attachment = get(id);
    return attachment.state.kind === 'reading' ? read(id) : Promise.resolve(attachment);
  };

  const stopReading = async (id: string): Promise<void> => {
    const active = running.get(id);
    active?.abort.abort();
    await active?.ended;
  };
  const drop = ({ id, sha256 }: Pick<Attachment, 'id' | 'sha256'>): void => {
    rows.remove(id);
    // The same file may be coming in again right now.
    if (rows.hasContent(sha256) || store.isArriving(sha256)) return;
    readings.remove(sha256);
    store.remove(sha256);
  };
  const remove = async (id: string): Promise<void> => {
    const attachment = rows.get(id);
    const requireUnused = (): void => {
      if (rows.isUsed(id)) throw facetError('busy', { what: `the file “${attachment.name}”, which a conversation uses,` });
    };
    requireUnused();
    await stopReading(id);
    // A question may have taken it while its reading was being stopped.
    requireUnused();
    drop(attachment);
    emit('attachment.removed', { id });
  };

  for (const id of rows.unusedBefore(Date.now() - unusedKeptMs)) await remove(id);
  for (const attachment of rows.list()) if (attachment.state.kind === 'reading') startReading(current(attachment), null);

  const addPicture = async (request: PageRequest, signal?: AbortSignal): Promise<Attachment> => {
    const { file, name } = await pages.picture(request, signal);
    return file.finish((content) => add(content, name));
  };

  const addFile = async (source: string, { asPicture, page, password }: AddFileOptions): Promise<Attachment> => {
    const name = displayName(source);
    if (page !== undefined) {
      await checkSource(source, name);
      return addPicture({ path: source, name, page, password: password ?? null });
    }
    // As it was before it is copied: a change while it is copied is then noticed.
    const facts = await stat(source).catch(() => null);
    const origin = facts === null ? null : { path: path.resolve(source), bytes: facts.size, modifiedAt: facts.mtimeMs };
    return store.copy(source, name, (content) => add(content, name, asPicture, origin));
  };

  const pages = createSinglePages({ reader, store, readings, passwordOf: (sha256) => passwords.get(sha256) ?? null, ocr });

  return {
    list: () => rows.list().map(current),
    get,
    fileOf: (id) => {
      const { sha256, name } = rows.get(id);
      return { path: store.pathOf(sha256), name };
    },
    addFile: (source, options = { asPicture: false }) => addFile(source, options),
    readAgain: async (id) => {
      const origin = origins.get(get(id).id);
      if (origin === null) throw facetError('invalidRequest', { field: 'id', reason: 'it was not added from a file of this computer' });
      return addFile(origin.path, { asPicture: get(id).state.kind === 'image' });
    },
    lookAgain: async (ids) => {
      for (const id of new Set(ids)) {
        const attachment = rows.list().find((listed) => listed.id === id);
        if (attachment !== undefined && (await origins.look(attachment))) emit('attachment.changed', { attachment: get(id) });
      }
    },
    uploads: {
      begin: uploads.begin,
      append: uploads.append,
      abort: uploads.abort,
      finish: (uploadId) => uploads.finish(uploadId, (content, name) => add(content, name)),
    },
    read,
    settled,
    soFar: (id) => running.get(rows.get(id).id)?.progress.soFar() ?? null,
    text: async (id) => {
      const { sha256, format } = await documentOf(id);
      return readings.pages(sha256, format);
    },
    tables: async (id) => {
      const { sha256, format } = await documentOf(id);
      return readings.tables(sha256, format);
    },
    passwordOf: (id) => passwords.get(rows.get(id).sha256) ?? null,
    ink: (id) => {
      const { state, sha256 } = get(id);
      const found = state.kind === 'image' ? readings.find(sha256, state.image.format) : null;
      return found?.kind === 'image' ? found.ink : null;
    },
    readPage: async (id, page, by, options) => {
      const attachment = await settled(id);
      const state: AttachmentState = { kind: 'document', document: await pages.read(attachment, page, by, options) };
      if (rows.setState(id, state)) emit('attachment.changed', { attachment: get(id) });
      shareState({ ...attachment, state });
      return get(id);
    },
    addPage: async (id, page, options) => {
      return addPicture(pages.requestOf(await settled(id), page, options), options?.signal);
    },
    recognizeAgain: async (id, password) => {
      const attachment = await settled(id);
      if (attachment.state.kind !== 'document')
        throw facetError('invalidRequest', { field: 'id', reason: 'the attachment is not a document' });
      const before = rows.get(id).state;
      const begun: Attachment = { ...attachment, state: { kind: 'reading', done: 0, total: 0 } };
      const { ended } = startReading(begun, password ?? passwords.get(attachment.sha256) ?? null);
      emit('attachment.changed', { attachment: get(id) });
      const { state } = await ended;
      if (state.kind !== 'failed') return get(id);
      if (rows.setState(id, before)) emit('attachment.changed', { attachment: get(id) });
      throw new FacetError(state.error);
    },
    remove,
    hide: async (id) => {
      rows.get(id);
      rows.hide(id, Date.now());
      emit('attachment.removed', { id });
      await stopReading(id);
    },
    bringBack: (id) => {
      const attachment = rows.show(id);
      if (attachment.state.kind === 'reading') startReading(attachment, null);
      emit('attachment.changed', { attachment: get(id) });
      return get(id);
    },
    dropHidden: (agoMs) => {
      const hidden = rows.hiddenUntil(Date.now() - agoMs);
      for (const attachment of hidden) drop(attachment);
      return hidden.map(({ id }) => id);
    },
    close: async () => {
      const active = [...running.values()];
      for (const { abort } of active) abort.abort();
      await Promise.all(active.map(({ ended }) => ended));
      await uploads.close();
    },
  };
}

/** The state with what its own name says wrongly: other attachments of the same content may have other names. */
function named({ name, state }: Attachment): AttachmentState {
  if (state.kind !== 'document') return state;
  const own = endingWarnings(name, state.document.format);
  return own.length === 0 ? state : { kind: 'document', document: { ...state.document, warnings: [...own, ...state.document.warnings] } };
}

function stateOf(reading: Reading): AttachmentState {
  switch (reading.kind) {
    case 'image':
      return { kind: 'image', image: reading.image };
    case 'document':
      return reading;
    default:
      return assertNever(reading, 'reading');
  }
}
