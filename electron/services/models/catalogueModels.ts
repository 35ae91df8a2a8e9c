import { facetError } from '../../shared/errors.ts';
import type { Model, ModelFile, ModelState } from '../../shared/models.ts';
import { type CatalogueEntry, type CatalogueFile, filesOf, isBuiltIn } from './catalogue.ts';
import type { CatalogueFiles } from './catalogueFiles.ts';
import { isLocked } from './fileLock.ts';

/** Bytes of all files of an entry; 0 while the size of one of them is not known. */
export function totalBytes(entry: CatalogueEntry, files: CatalogueFiles): number {
  const sizes = filesOf(entry).map((file) => files.resolve(file).bytes);
  return sizes.reduce<number>((total, bytes) => total + (bytes ?? 0), 0) * (sizes.includes(null) ? 0 : 1);
}

/** Bytes on disk of an entry's files, finished and partial. */
export function receivedOf(entry: CatalogueEntry, files: CatalogueFiles): number {
  return filesOf(entry).reduce((total, file) => total + files.received(file), 0);
}

/** An entry as people see it. @param state of a download of this process or its failure; null where the disk decides */
export function describeEntry(entry: CatalogueEntry, files: CatalogueFiles, state: ModelState | null): Model {
  const { text, projector, ...facts } = entry;
  const described = (file: CatalogueFile): ModelFile => {
    const { bytes, sha256 } = files.resolve(file);
    return { path: files.find(file), bytes, sha256 };
  };
  return {
    ...facts,
    text: described(text),
    projector: projector === null ? null : described(projector),
    builtIn: isBuiltIn(entry),
    state: state ?? stateOnDisk(entry, files),
  };
}

function stateOnDisk(entry: CatalogueEntry, files: CatalogueFiles): ModelState {
  const missing = filesOf(entry).filter((file) => files.find(file) === null);
  const [firstMissing] = missing;
  if (firstMissing === undefined) return { kind: 'installed' };
  if (firstMissing.source.kind === 'builtIn') {
    return { kind: 'failed', error: facetError('notFound', { what: 'file', id: firstMissing.source.path }).data };
  }
  const held = { receivedBytes: receivedOf(entry, files), totalBytes: totalBytes(entry, files) };
  if (missing.some((file) => isLocked(files.folder.lock(files.resolve(file).key)))) {
    return { kind: 'downloading', ...held, bytesPerSecond: 0, source: 'another window or terminal of Facet' };
  }
  // A vision part that came with another variant does not make this one begun.
  return missing.some((file) => files.received(file) > 0) || files.find(entry.text) !== null
    ? { kind: 'paused', ...held }
    : { kind: 'available' };
}
