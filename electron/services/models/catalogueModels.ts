import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import type { Model, ModelFile, ModelState } from '../../shared/models.ts';
import { type CatalogueEntry, type CatalogueFile, filesOf, isBuiltIn } from './catalogue.ts';
import { isLocked } from './fileLock.ts';
import type { ModelFolder } from './modelFolder.ts';

/** Bytes of all files of an entry. */
export function totalBytes(entry: CatalogueEntry): number {
  return filesOf(entry).reduce((total, file) => total + file.bytes, 0);
}

/** Where the finished file is, or null while it is not there or has another size. */
function findFile(file: CatalogueFile, folder: ModelFolder, assetsFolder: string): string | null {
  const path = file.source.kind === 'builtIn' ? join(assetsFolder, file.source.path) : folder.file(file.sha256);
  return sizeOf(path) === file.bytes ? path : null;
}

/** What the disk says about an entry: downloads of this process and past failures are added by the caller. */
export function describeEntry(entry: CatalogueEntry, folder: ModelFolder, assetsFolder: string): Model {
  const { text, projector, ...facts } = entry;
  const found = (file: CatalogueFile): ModelFile => ({
    path: findFile(file, folder, assetsFolder),
    bytes: file.bytes,
    sha256: file.sha256,
  });
  return {
    ...facts,
    text: found(text),
    projector: projector === null ? null : found(projector),
    builtIn: isBuiltIn(entry),
    state: stateOnDisk(entry, folder, assetsFolder),
  };
}

function stateOnDisk(entry: CatalogueEntry, folder: ModelFolder, assetsFolder: string): ModelState {
  const files = filesOf(entry);
  const missing = files.filter((file) => findFile(file, folder, assetsFolder) === null);
  const [firstMissing] = missing;
  if (firstMissing === undefined) return { kind: 'installed' };
  if (firstMissing.source.kind === 'builtIn') {
    return { kind: 'failed', error: facetError('notFound', { what: 'file', id: firstMissing.source.path }).data };
  }
  const whole = totalBytes(entry);
  const receivedBytes = receivedOf(entry, folder, assetsFolder);
  if (missing.some((file) => isLocked(folder.lock(file.sha256)))) {
    return { kind: 'downloading', receivedBytes, totalBytes: whole, bytesPerSecond: 0, source: 'another window or terminal of Facet' };
  }
  return receivedBytes > 0 ? { kind: 'paused', receivedBytes, totalBytes: whole } : { kind: 'available' };
}

/** Bytes on disk of an entry's files, finished and partial, never more than the whole. */
export function receivedOf(entry: CatalogueEntry, folder: ModelFolder, assetsFolder: string): number {
  return filesOf(entry).reduce((total, file) => {
    if (findFile(file, folder, assetsFolder) !== null) return total + file.bytes;
    return total + Math.min(file.bytes, Math.max(sizeOf(folder.part(file.sha256)), wheelBytes(folder.wheels(file.sha256))));
  }, 0);
}

function wheelBytes(folder: string): number {
  try {
    return readdirSync(folder).reduce((total, name) => (name.endsWith('.whl') ? total + sizeOf(join(folder, name)) : total), 0);
  } catch {
    return 0;
  }
}

/** 0 when there is no such file. */
function sizeOf(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts?.isFile() === true ? facts.size : 0;
}
