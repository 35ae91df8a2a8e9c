import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../database/openDatabase.ts';
import type { ReaderClient } from '../../reader/readerClient.ts';
import type { PageRequest } from '../../reader/readerContract.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { Attachment, AttachmentState } from '../../shared/attachments.ts';
import { endingWarnings } from '../../shared/endingWarnings.ts';
import { FacetError, facetError, toErrorData } from '../../shared/errors.ts';
import type { Emit } from '../emit.ts';
import { newId } from '../newId.ts';
import { createAttachmentRows } from './attachmentRows.ts';
import type { AddFileOptions, AttachmentsService } from './attachmentsService.ts';
import { checkSource, openContentStore, type StoredContent } from './contentStore.ts';
import { displayName } from './displayName.ts';
import { createFileOrigins, type FileOrigin } from './fileOrigins.ts';
import { createFileReading } from './fileReading.ts';
import { englishReading, type OcrReading } from '../ocr/ocrReading.ts';
import { createSinglePages } from './singlePages.ts';
import { createReadings, type Reading } from './readings.ts';
import { createRunningReadings } from './runningReadings.ts';
import { createUploads } from './uploads.ts';

/** Attachments that no message ever used are forgotten after this long, in milliseconds. */
const unusedKeptMs = 7 * 86_400_000;

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

/** Opens the store and goes on reading what an earlier run left unread. */
export async function createAttachmentsService(options: AttachmentsServiceOptions): Promise<AttachmentsService> {
  const { database, dataFolder, reader, emit, ocr = englishReading, makeId = newId } = options;
  const store = await openContentStore(path.join(dataFolder, 'attachments'));
  const rows = createAttachmentRows(database);
  const readings = createReadings(database);
  const reading = createFileReading({ reader, store, readings, ocr });
  const origins = createFileOrigins(database);
  const uploads = createUploads(store);
  const passwords = new Map<string, string>();
  const running = createRunningReadings({
    emit,
    read: async (attachment, readingOptions) => {
      const made = await reading.read(attachment, readingOptions);
      if (readingOptions.password !== null) passwords.set(attachment.sha256, readingOptions.password);
      return stateOf(made);
    },
    keep: (ended) => keep(ended),
  });

  const current = (attachment: Attachment): Attachment => {
    const active = running.get(attachment.id);
    const known = { ...attachment, ...origins.facts(attachment.id) };
    return active === undefined ? { ...known, state: named(known) } : { ...known, state: active.progress.state };
  };
  const get = (id: string): Attachment => current(rows.get(id));

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

  const keep = (ended: Attachment): Attachment => {
    let kept = ended;
    try {
      if (!rows.setState(ended.id, ended.state)) return ended;
    } catch (error) {
      // It is read again at the next start; until then nobody must wait for it.
      kept = { ...ended, state: { kind: 'failed', error: toErrorData(error) } };
    }
    const shown = current(kept);
    emit('attachment.changed', { attachment: shown });
    shareState(kept);
    return shown;
  };

  const add = (content: StoredContent, name: string, asPicture = false, origin: FileOrigin | null = null): Attachment => {
    const state: AttachmentState = { kind: 'reading', done: 0, total: 0 };
    const added: Attachment = { id: makeId(), name, ...content, createdAt: Date.now(), state };
    rows.add(added);
    if (origin !== null) origins.save(added.id, origin);
    const attachment = { ...added, ...origins.facts(added.id) };
    emit('attachment.changed', { attachment });
    running.start(attachment, { password: null, asPicture });
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
    const again = running.start({ ...attachment, state: { kind: 'reading', done: 0, total: 0 } }, { password: password ?? null });
    emit('attachment.changed', { attachment: get(id) });
    return again.ended;
  };

  const settled = (id: string): Promise<Attachment> => {
    const attachment = get(id);
    return attachment.state.kind === 'reading' ? read(id) : Promise.resolve(attachment);
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
    await running.stop(id);
    // A question may have taken it while its reading was being stopped.
    requireUnused();
    drop(attachment);
    emit('attachment.removed', { id });
  };

  for (const id of rows.unusedBefore(Date.now() - unusedKeptMs)) await remove(id);
  for (const attachment of rows.list()) if (attachment.state.kind === 'reading') running.start(current(attachment), { password: null });

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
      const { ended } = running.start(begun, { password: password ?? passwords.get(attachment.sha256) ?? null });
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
      await running.stop(id);
    },
    bringBack: (id) => {
      const attachment = rows.show(id);
      if (attachment.state.kind === 'reading') running.start(attachment, { password: null });
      emit('attachment.changed', { attachment: get(id) });
      return get(id);
    },
    dropHidden: (agoMs) => {
      const hidden = rows.hiddenUntil(Date.now() - agoMs);
      for (const attachment of hidden) drop(attachment);
      return hidden.map(({ id }) => id);
    },
    close: async () => {
      await running.stopAll();
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
