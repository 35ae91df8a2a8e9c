import { statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModelsFolder, VerifiedModel } from '../../shared/downloads.ts';
import { FacetError, facetError, isCancelled } from '../../shared/errors.ts';
import { type Model, type ModelCheck, starterId } from '../../shared/models.ts';
import { createImportedModels } from '../database/importedModels.ts';
import { createLearnedFiles } from '../database/learnedFiles.ts';
import type { openDatabase } from '../database/openDatabase.ts';
import { createWebModels } from '../database/webModels.ts';
import type { Emit } from '../emit.ts';
import { freeBytes } from '../disk/diskErrors.ts';
import { type Catalogue, type CatalogueEntry, filesOf, isBuiltIn, readCatalogue } from './catalogue.ts';
import { createCatalogueFiles } from './catalogueFiles.ts';
import { describeEntry } from './catalogueModels.ts';
import type { WebAccess } from './download/fetchFromWeb.ts';
import { defaultHub } from './download/hubAddress.ts';
import { defaultRetryPolicy } from './download/retryPolicy.ts';
import { createThrottle } from './download/throttle.ts';
import { createDownloads } from './downloads.ts';
import { isLocked, takeFileLock } from './fileLock.ts';
import { readFolderChoice } from './folderChoice.ts';
import { createImportJobs } from './importJobs.ts';
import { describeImported } from './importedState.ts';
import { importModel, requireMatch } from './importModel.ts';
import { type AddressDownload, createModelEntries } from './modelEntries.ts';
import { bytesIn, moveModels, removeLeft } from './moveModels.ts';
import { openModelFolder } from './modelFolder.ts';
import { createModelRemoval } from './modelRemoval.ts';
import { createOutsideWatch } from './outsideWatch.ts';
import { isSound, verifyFiles } from './verifyFiles.ts';

export interface ModelsServiceOptions {
  readonly database: ReturnType<typeof openDatabase>;
  readonly dataFolder: string;
  /** Holds the `assets` folder. */
  readonly resourcesFolder: string;
  readonly reader: { request(name: 'gguf.check', params: { readonly path: string }, signal?: AbortSignal): Promise<ModelCheck> };
  readonly emit: Emit;
  /** For tests; the shipped catalogue otherwise. */
  readonly catalogue?: Catalogue;
  /** How downloads go out; what is absent is the usual. */
  readonly web?: Partial<WebAccess>;
  /** Origin of the hub that the catalogue's files lie on. */
  readonly hub?: string;
}

export interface ImportOptions {
  /** False leaves it where it is. */
  readonly copy?: boolean;
  readonly signal?: AbortSignal;
}

export interface VerifyRequest {
  readonly id: string;
  readonly repair: boolean;
  /** Bytes hashed and bytes to hash. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface ModelsService {
  /** In catalogue order, then downloads by address, then imported ones by name. Reads the disk, so that it is right with several processes. */
  list(): readonly Model[];
  /** @throws FacetError notFound */
  get(id: string): Model;
  /**
   * The installed model, checked again file by file: call it before every load.
   * @throws FacetError modelMissing (unknown or not installed), modelInvalid, notFound or fileUnreadable (files moved or changed), readerStopped
   */
  requireLoadable(id: string, signal?: AbortSignal): Promise<Model>;
  /** The same for a model that only searches. */
  requireSearchModel(id: string, signal?: AbortSignal): Promise<Model>;
  /** Begins or resumes; `starter` tries the starter's sources in order. Progress and outcome by `model.changed`. @throws FacetError notFound */
  download(id: string): Promise<void>;
  /** Resolves when the download begun last under this id is over. @throws its FacetError, `cancelled` when paused; notFound when none was begun */
  downloaded(id: string): Promise<Model>;
  /** Downloads from an address, or goes on with it; resolves when the model is here. @throws FacetError as `downloaded`, invalidRequest, modelInvalid */
  fetch(address: AddressDownload): Promise<Model>;
  pause(id: string): Promise<void>;
  /** Takes a GGUF on disk, in place or as a copy. @throws FacetError notFound, fileUnreadable, modelInvalid, readerStopped, diskFull, diskFailed, cancelled */
  import(path: string, projectorPath: string | null, options?: ImportOptions): Promise<Model>;
  check(path: string, signal?: AbortSignal): Promise<ModelCheck>;
  /** Forgets an imported model; deletes what was downloaded of others. @throws FacetError notFound, invalidRequest (built in), busy */
  remove(id: string): Promise<void>;
  /** Brings back what was removed within the last minute. @throws FacetError notFound */
  restore(id: string): Promise<Model>;
  /**
   * Hashes the files of an installed model again; with `repair`, bad ones come again from where they were downloaded, only the bad pieces where the pieces are
   * known. @throws FacetError modelMissing, notFound, fileUnreadable, busy, as `downloaded`, or AbortError
   */
  verify(request: VerifyRequest): Promise<VerifiedModel>;
  /** Where downloaded models lie. */
  describeFolder(): Promise<ModelsFolder>;
  /** As `moveModels`. @throws FacetError busy while models are downloaded or moved */
  moveFolder(to: string, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<ModelsFolder>;
  /** Stops downloads, keeping what was received. */
  close(): Promise<void>;
}

export function createModelsService(options: ModelsServiceOptions): ModelsService {
  const { database, dataFolder, reader, emit } = options;
  const assetsFolder = join(options.resourcesFolder, 'assets');
  const catalogue = options.catalogue ?? readCatalogue(assetsFolder);
  void removeLeft(dataFolder);
  const folder = openModelFolder(dataFolder);
  const imported = createImportedModels(database);
  const entries = createModelEntries(catalogue, createWebModels(database));
  const files = createCatalogueFiles({ folder, assetsFolder, learned: createLearnedFiles(database), hub: options.hub ?? defaultHub });
  const begun = new Map<string, Promise<string>>();

  const describe = (entry: CatalogueEntry): Model => describeEntry(entry, files, downloads.stateOf(entry.id));
  const settled = (): readonly Model[] => [...entries.list().map(describe), ...imported.list().map(describeImported)];
  const list = (): readonly Model[] => [...settled(), ...jobs.list()];
  const get = (id: string): Model => {
    const model = list().find((candidate) => candidate.id === id);
    if (model === undefined) throw facetError('notFound', { what: 'model', id });
    return model;
  };
  const announce = (model: Model): void => {
    outside.note(model);
    emit('model.changed', { model });
  };
  const withdraw = (id: string): void => {
    outside.forget(id);
    emit('model.removed', { id });
  };
  const downloads = createDownloads({
    files,
    web: {
      retry: defaultRetryPolicy,
      throttle: createThrottle(() => null),
      proxy: () => null,
      token: () => null,
      ...options.web,
    },
    changed: (id) => announce(get(id)),
  });
  const jobs = createImportJobs(
    (model) => emit('model.changed', { model }),
    (id) => emit('model.removed', { id }),
  );
  const outside = createOutsideWatch(settled, announce, (id) => emit('model.removed', { id }));
  const removal = createModelRemoval({ files, entries, imported, downloads });

  /** A file of a catalogue model that is here already needs no second entry. */
  const findInstalled = (path: string, projectorPath: string | null): Model | undefined =>
    catalogue.models
      .map(describe)
      .find(
        ({ state, text, projector }) =>
          state.kind === 'installed' &&
          isSameFile(text.path, path) &&
          (projectorPath === null || isSameFile(projector?.path, projectorPath)),
      );
  const check = (path: string, signal?: AbortSignal): Promise<ModelCheck> => reader.request('gguf.check', { path }, signal);
  const requireSound = async (path: string, signal?: AbortSignal): Promise<NonNullable<ModelCheck['facts']>> => {
    const result = await check(path, signal);
    if (!result.ok || result.facts === null) throw facetError('modelInvalid', { file: path, check: result.code, reason: result.message });
    return result.facts;
  };
  /** @throws FacetError modelMissing; of a file that was moved or changed */
  const installed = (id: string): { readonly model: Model; readonly path: string } => {
    const model = list().find((candidate) => candidate.id === id);
    if (model?.state.kind === 'failed' && model.text.path !== null) throw new FacetError(model.state.error);
    if (model?.state.kind !== 'installed' || model.text.path === null) throw facetError('modelMissing', { model: id });
    return { model, path: model.text.path };
  };
  const take = async (
    path: string,
    projectorPath: string | null,
    { copy = false, signal = new AbortController().signal }: ImportOptions = {},
  ): Promise<Model> => {
    const installed = findInstalled(path, projectorPath);
    if (installed !== undefined) return installed;
    return jobs.show(path, basename(path), async (onHashed) => {
      const request = {
        path,
        projectorPath,
        catalogue,
        known: imported,
        check: (file: string) => check(file, signal),
        onHashed,
        signal,
        copyInto: copy ? folder : null,
      };
      const model = await importModel(request);
      imported.save(model);
      const described = describeImported(model);
      announce(described);
      return described;
    });
  };
  /** What came from an address shows what it is when it is here. */
  const settle = async (entry: CatalogueEntry): Promise<string> => {
    const path = files.find(entry.text);
    if (path === null) throw facetError('notFound', { what: 'file', id: entry.name });
    const model = await take(path, null).catch(async (error: unknown) => {
      await removal.discard(entry);
      throw error;
    });
    entries.forget(entry.id);
    withdraw(entry.id);
    return model.id;
  };
  const begin = (id: string, wanted: readonly [CatalogueEntry, ...CatalogueEntry[]]): void => {
    const installed = wanted.map(describe).find((model) => model.state.kind === 'installed');
    if (installed !== undefined && !entries.isAddress(installed.id)) {
      announce(installed);
      begun.set(id, Promise.resolve(installed.id));
    } else if (!wanted.some((entry) => downloads.isRunning(entry.id))) {
      const run = downloads.run(wanted).then((done) => (entries.isAddress(done) ? settle(entries.get(done)) : done));
      // Its outcome is the model's state; whoever wants it as a promise asks `downloaded`.
      run.catch(() => undefined);
      begun.set(id, run);
    }
  };

  const verify = async ({ id, repair, onProgress, signal }: VerifyRequest): Promise<VerifiedModel> => {
    const files = await verifyFiles(get(id), onProgress, signal);
    const bad = files.filter((file) => !isSound(file));
    if (bad.length === 0) return { id, outcome: 'sound', files };
    const entry = catalogue.models.find((one) => one.id === id);
    if (!repair || entry === undefined || isBuiltIn(entry)) return { id, outcome: 'damaged', files };
    await fetchAgain(
      entry,
      bad.map(({ path }) => path),
      signal,
    );
    const again = await verifyFiles(get(id), onProgress, signal);
    return { id, outcome: again.every(isSound) ? 'repaired' : 'damaged', files };
  };
  /** What is bad becomes a download that is nearly whole: its journal tells the bad pieces from the good ones. */
  const fetchAgain = async (entry: CatalogueEntry, paths: readonly string[], signal: AbortSignal): Promise<void> => {
    for (const file of filesOf(entry)) {
      const path = files.find(file);
      if (path !== null && paths.includes(path)) await rename(path, folder.part(files.resolve(file).key));
    }
    begin(entry.id, [entry]);
    const stop = (): void => void downloads.stop(entry.id);
    signal.addEventListener('abort', stop, { once: true });
    await begun.get(entry.id)?.finally(() => signal.removeEventListener('abort', stop));
  };
  const describeFolder = async (): Promise<ModelsFolder> => {
    const { path, movingTo } = readFolderChoice(dataFolder);
    return { path, bytes: await bytesIn(path), freeBytes: await freeBytes(path), unfinishedMove: movingTo };
  };
  const moveFolder: ModelsService['moveFolder'] = async (to, onProgress, signal) => {
    const lock = await takeFileLock(join(dataFolder, 'models-folder.lock'), 'moving the models', signal);
    try {
      const fetched = entries.list().find((entry) => filesOf(entry).some((file) => isLocked(folder.lock(files.resolve(file).key))));
      if (fetched !== undefined) throw facetError('busy', { what: `the download of ${fetched.name}` });
      await moveModels({ dataFolder, to, onProgress, switched: (old, now) => imported.moveFolder(old, now), signal });
    } finally {
      lock.close();
    }
    for (const model of settled()) if (model.state.kind !== 'available') announce(model);
    return describeFolder();
  };

  return {
    list,
    get,
    check,
    verify,
    describeFolder,
    moveFolder,
    async requireLoadable(id, signal) {
      const { model, path } = installed(id);
      const facts = await requireSound(path, signal);
      if (facts.shape.kind === 'search')
        throw facetError('modelInvalid', {
          file: path,
          check: 'search-model',
          reason: 'This model searches documents; it writes no answers.',
        });
      const projectorPath = model.projector?.path ?? null;
      if (projectorPath !== null) requireMatch({ facts }, { path: projectorPath, facts: await requireSound(projectorPath, signal) });
      return model;
    },
    async requireSearchModel(id, signal) {
      const { model, path } = installed(id);
      const facts = await requireSound(path, signal);
      if (facts.shape.kind !== 'search')
        throw facetError('modelInvalid', { file: path, check: 'not-search', reason: 'This model writes answers; it does not search.' });
      return model;
    },
    download(id) {
      const [first, ...others] = (id === starterId ? catalogue.starter : [id]).map((one) => entries.get(one));
      if (first === undefined) throw facetError('notFound', { what: 'model', id });
      begin(id, [first, ...others]);
      return Promise.resolve();
    },
    async downloaded(id) {
      const run = begun.get(id);
      if (run === undefined) throw facetError('notFound', { what: 'model', id });
      return get(await run);
    },
    async pause(id) {
      for (const one of id === starterId ? catalogue.starter : [id]) await downloads.stop(one);
    },
    import: take,
    async fetch(address) {
      const entry = entries.add(address);
      begin(entry.id, [entry]);
      try {
        return get((await begun.get(entry.id)) ?? entry.id);
      } catch (error) {
        // An address that gave nothing is not a model that waits to be gone on with.
        const empty = files.received(entry.text) === 0 && !isLocked(folder.lock(files.resolve(entry.text).key));
        if (empty && entries.forget(entry.id)) withdraw(entry.id);
        throw error;
      }
    },
    async remove(id) {
      await removal.remove(id);
      const left = list().find((model) => model.id === id);
      if (left === undefined) withdraw(id);
      else announce(left);
    },
    async restore(id) {
      await removal.restore(id);
      const model = get(id);
      announce(model);
      return model;
    },
    async close() {
      outside.close();
      await downloads.close();
      await removal.close();
      await Promise.all([...begun.values()].map((run) => run.catch((error: unknown) => isCancelled(error))));
    },
  };
}

function isSameFile(known: string | null | undefined, path: string): boolean {
  if (known === null || known === undefined) return false;
  const [one, other] = [statSync(known, { throwIfNoEntry: false }), statSync(path, { throwIfNoEntry: false })];
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}
