import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FacetError, facetError, isCancelled } from '../../shared/errors.ts';
import { type Model, type ModelCheck, starterId } from '../../shared/models.ts';
import { createImportedModels } from '../database/importedModels.ts';
import type { openDatabase } from '../database/openDatabase.ts';
import type { Emit } from '../emit.ts';
import { type Catalogue, type CatalogueEntry, filesOf, isBuiltIn, readCatalogue } from './catalogue.ts';
import { describeEntry } from './catalogueModels.ts';
import { createDownloads } from './downloads.ts';
import { isLocked } from './fileLock.ts';
import { createImportJobs } from './importJobs.ts';
import { describeImported } from './importedState.ts';
import { importModel, requireMatch } from './importModel.ts';
import { openModelFolder } from './modelFolder.ts';
import { createOutsideWatch } from './outsideWatch.ts';
import { defaultRetryPolicy, type RetryPolicy } from './webDownload.ts';

export interface ModelsServiceOptions {
  readonly database: ReturnType<typeof openDatabase>;
  readonly dataFolder: string;
  /** Holds the `assets` folder. */
  readonly resourcesFolder: string;
  readonly reader: { request(name: 'gguf.check', params: { readonly path: string }, signal?: AbortSignal): Promise<ModelCheck> };
  readonly emit: Emit;
  /** For tests; the shipped catalogue otherwise. */
  readonly catalogue?: Catalogue;
  readonly retry?: RetryPolicy;
}

export interface ModelsService {
  /** In catalogue order, then imported ones by name. Reads the disk, so that it is right with several processes. */
  list(): readonly Model[];
  /** @throws FacetError notFound */
  get(id: string): Model;
  /**
   * The installed model, checked again file by file: call it before every load.
   * @throws FacetError modelMissing (unknown or not installed), modelInvalid, notFound or fileUnreadable (files moved or changed), readerStopped
   */
  requireLoadable(id: string, signal?: AbortSignal): Promise<Model>;
  /** Begins or resumes; `starter` tries the starter's sources in order. Progress and outcome by `model.changed`. @throws FacetError notFound */
  download(id: string): Promise<void>;
  /** Resolves when the download begun last under this id is over. @throws its FacetError, `cancelled` when paused; notFound when none was begun */
  downloaded(id: string): Promise<Model>;
  pause(id: string): Promise<void>;
  /** Takes a GGUF on disk, in place. @throws FacetError notFound, fileUnreadable, modelInvalid, readerStopped, cancelled */
  import(path: string, projectorPath: string | null, signal?: AbortSignal): Promise<Model>;
  check(path: string, signal?: AbortSignal): Promise<ModelCheck>;
  /** Forgets an imported model; deletes the files of a downloaded one. @throws FacetError notFound, invalidRequest (built in), busy */
  remove(id: string): Promise<void>;
  /** Stops downloads, keeping what was received. */
  close(): Promise<void>;
}

export function createModelsService(options: ModelsServiceOptions): ModelsService {
  const { reader, emit } = options;
  const assetsFolder = join(options.resourcesFolder, 'assets');
  const catalogue = options.catalogue ?? readCatalogue(assetsFolder);
  const folder = openModelFolder(options.dataFolder);
  const imported = createImportedModels(options.database);
  const begun = new Map<string, Promise<string>>();

  const describe = (entry: CatalogueEntry): Model => {
    const model = describeEntry(entry, folder, assetsFolder);
    return { ...model, state: downloads.stateOf(entry.id) ?? model.state };
  };
  const settled = (): readonly Model[] => [...catalogue.models.map(describe), ...imported.list().map(describeImported)];
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
  const downloads = createDownloads({
    folder,
    assetsFolder,
    retry: options.retry ?? defaultRetryPolicy,
    changed: (id) => announce(get(id)),
  });
  const jobs = createImportJobs(
    (model) => emit('model.changed', { model }),
    (id) => emit('model.removed', { id }),
  );
  const outside = createOutsideWatch(settled, announce, (id) => emit('model.removed', { id }));

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
  const entryOf = (id: string): CatalogueEntry => {
    const entry = catalogue.models.find((candidate) => candidate.id === id);
    if (entry === undefined) throw facetError('notFound', { what: 'model', id });
    return entry;
  };
  const check = (path: string, signal?: AbortSignal): Promise<ModelCheck> => reader.request('gguf.check', { path }, signal);
  const requireSound = async (path: string, signal?: AbortSignal): Promise<NonNullable<ModelCheck['facts']>> => {
    const result = await check(path, signal);
    if (!result.ok || result.facts === null) throw facetError('modelInvalid', { file: path, check: result.code, reason: result.message });
    return result.facts;
  };

  return {
    list,
    get,
    check,
    async requireLoadable(id, signal) {
      const model = list().find((candidate) => candidate.id === id);
      if (model?.state.kind === 'failed' && model.text.path !== null) throw new FacetError(model.state.error);
      if (model?.state.kind !== 'installed' || model.text.path === null) throw facetError('modelMissing', { model: id });
      const facts = await requireSound(model.text.path, signal);
      const projectorPath = model.projector?.path ?? null;
      if (projectorPath !== null) requireMatch({ facts }, { path: projectorPath, facts: await requireSound(projectorPath, signal) });
      return model;
    },
    download(id) {
      const ids = id === starterId ? catalogue.starter : [id];
      const [first, ...others] = ids.map(entryOf);
      if (first === undefined) throw facetError('notFound', { what: 'model', id });
      const entries: [CatalogueEntry, ...CatalogueEntry[]] = [first, ...others];
      const models = entries.map(describe);
      const installed = models.find((model) => model.state.kind === 'installed');
      if (installed !== undefined) {
        announce(installed);
        begun.set(id, Promise.resolve(installed.id));
      } else if (!entries.some((entry) => downloads.stateOf(entry.id)?.kind === 'downloading')) {
        const run = downloads.run(entries);
        // Its outcome is the model's state; whoever wants it as a promise asks `downloaded`.
        run.catch(() => undefined);
        begun.set(id, run);
      }
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
    async import(path, projectorPath, signal = new AbortController().signal) {
      const installed = findInstalled(path, projectorPath);
      if (installed !== undefined) return installed;
      return jobs.show(path, basename(path), async (onHashed) => {
        const request = { path, projectorPath, catalogue, known: imported, check: (file: string) => check(file, signal), onHashed, signal };
        const model = await importModel(request);
        imported.save(model);
        const described = describeImported(model);
        announce(described);
        return described;
      });
    },
    async remove(id) {
      if (imported.remove(id)) {
        outside.forget(id);
        emit('model.removed', { id });
        return;
      }
      const entry = entryOf(id);
      if (isBuiltIn(entry)) throw facetError('invalidRequest', { field: id, reason: 'ships with Facet and cannot be removed' });
      await downloads.stop(id);
      downloads.forgetFailure(id);
      for (const file of filesOf(entry)) {
        if (isLocked(folder.lock(file.sha256))) throw facetError('busy', { what: `the download of ${entry.name}` });
        const shared = catalogue.models.some((other) => other.id !== id && filesOf(other).some((one) => one.sha256 === file.sha256));
        const left = [folder.part(file.sha256), folder.journal(file.sha256), folder.wheels(file.sha256), folder.lock(file.sha256)];
        for (const path of shared ? left : [folder.file(file.sha256), ...left]) await rm(path, { recursive: true, force: true });
      }
      announce(get(id));
    },
    async close() {
      outside.close();
      await downloads.close();
      await Promise.all([...begun.values()].map((run) => run.catch((error: unknown) => isCancelled(error))));
    },
  };
}

function isSameFile(known: string | null | undefined, path: string): boolean {
  if (known === null || known === undefined) return false;
  const [one, other] = [statSync(known, { throwIfNoEntry: false }), statSync(path, { throwIfNoEntry: false })];
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}
