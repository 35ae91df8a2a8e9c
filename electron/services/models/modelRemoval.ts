import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import type { ImportedModel, ImportedModels } from '../database/importedModels.ts';
import { type CatalogueEntry, filesOf, isBuiltIn } from './catalogue.ts';
import type { CatalogueFiles } from './catalogueFiles.ts';
import type { Downloads } from './downloads.ts';
import { isLocked } from './fileLock.ts';
import type { ModelEntries } from './modelEntries.ts';

/** How long a removal can be undone, in milliseconds. The disk is wanted back soon. */
const undoMs = 60_000;

export interface ModelRemoval {
  /** Files that Facet fetched are gone a minute later. @throws FacetError notFound, invalidRequest (built in), busy (another process fetches it) */
  remove(id: string): Promise<void>;
  /** @throws FacetError notFound when the minute is over */
  restore(id: string): Promise<void>;
  /** Deletes what is there of an entry at once. */
  discard(entry: CatalogueEntry): Promise<void>;
  /** What was removed is gone then. */
  close(): Promise<void>;
}

interface Removed {
  /** Where each file was and where it waits. */
  readonly files: readonly { readonly path: string; readonly waiting: string }[];
  /** The row of an imported model. */
  readonly row: ImportedModel | null;
  readonly timer: NodeJS.Timeout;
}

export interface ModelRemovalOptions {
  readonly files: CatalogueFiles;
  readonly entries: ModelEntries;
  readonly imported: ImportedModels;
  readonly downloads: Downloads;
}

export function createModelRemoval({ files, entries, imported, downloads }: ModelRemovalOptions): ModelRemoval {
  const { folder } = files;
  const removed = new Map<string, Removed>();

  const putAside = async (id: string, paths: readonly string[], row: ImportedModel | null): Promise<void> => {
    await mkdir(folder.removedPath(), { recursive: true, mode: 0o700 });
    const moved = paths
      .filter((path) => existsSync(path))
      .map((path) => ({ path, waiting: join(folder.removedPath(), path.slice(dirname(path).length + 1)) }));
    for (const { path, waiting } of moved) await rename(path, waiting);
    const timer = setTimeout(() => void drop(id), undoMs);
    timer.unref();
    removed.set(id, { files: moved, row, timer });
  };
  const drop = async (id: string): Promise<void> => {
    const one = removed.get(id);
    removed.delete(id);
    clearTimeout(one?.timer);
    for (const { waiting } of one?.files ?? []) await rm(waiting, { force: true });
  };
  /** Whether something else that is here uses a file. */
  const isUsed = (path: string, without: string): boolean =>
    imported.list().some((model) => model.id !== without && (model.text.path === path || model.projector?.path === path)) ||
    entries
      .list()
      .some((other) => other.id !== without && files.find(other.text) !== null && filesOf(other).some((file) => files.find(file) === path));
  const isOurs = (path: string): boolean => path.startsWith(folder.path() + sep);

  const removeImported = async (row: ImportedModel): Promise<void> => {
    imported.remove(row.id);
    const paths = [row.text.path, ...(row.projector === null ? [] : [row.projector.path])];
    await putAside(
      row.id,
      paths.filter((path) => isOurs(path) && !isUsed(path, row.id)),
      row,
    );
  };
  /** What was received so far; nobody wants that back. */
  const dropParts = async (entry: CatalogueEntry): Promise<void> => {
    for (const file of filesOf(entry)) {
      const { key } = files.resolve(file);
      const begunElsewhere = entries
        .list()
        .some(
          (other) => other.id !== entry.id && downloads.isRunning(other.id) && filesOf(other).some((one) => files.resolve(one).key === key),
        );
      if (begunElsewhere) continue;
      for (const path of [folder.part(key), folder.wheels(key), folder.lock(key)]) await rm(path, { recursive: true, force: true });
      if (files.find(file) === null) await rm(folder.journal(key), { force: true });
    }
  };

  return {
    async remove(id) {
      await drop(id);
      const row = imported.list().find((model) => model.id === id);
      if (row !== undefined) return removeImported(row);
      const entry = entries.get(id);
      if (isBuiltIn(entry)) throw facetError('invalidRequest', { field: id, reason: 'ships with Facet and cannot be removed' });
      await downloads.stop(id);
      downloads.forgetFailure(id);
      if (filesOf(entry).some((file) => isLocked(folder.lock(files.resolve(file).key)))) {
        throw facetError('busy', { what: `the download of ${entry.name}` });
      }
      const paths = filesOf(entry)
        .map((file) => files.find(file))
        .filter((path) => path !== null);
      await putAside(
        id,
        paths.filter((path) => !isUsed(path, id)),
        null,
      );
      await dropParts(entry);
      entries.forget(id);
    },
    async restore(id) {
      const one = removed.get(id);
      if (one === undefined) throw facetError('notFound', { what: 'model', id });
      clearTimeout(one.timer);
      removed.delete(id);
      for (const { path, waiting } of one.files) await rename(waiting, path);
      if (one.row !== null) imported.save(one.row);
    },
    async discard(entry) {
      await dropParts(entry);
      const path = files.find(entry.text);
      if (path !== null && !isUsed(path, entry.id)) await rm(path, { force: true });
      entries.forget(entry.id);
    },
    async close() {
      for (const id of [...removed.keys()]) await drop(id);
      // A process that was killed may have left some.
      await rm(folder.removedPath(), { recursive: true, force: true });
    },
  };
}
