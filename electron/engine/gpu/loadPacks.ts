import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GpuPack, gpuPacksFor, packFile } from '../../shared/gpuPacks.ts';
import type { NativeBinding } from '../nativeBinding.ts';
import type { DeviceBook } from './deviceBook.ts';

/**
 * Loads the libraries of the packs in the folder, each only if it is to the byte what it must be: code out of a data folder is not trusted otherwise.
 * `loaded` holds the names of those that this process has already, and gets the new ones.
 * @returns a sentence for each that cannot be used
 */
export function loadPacks(
  binding: Pick<NativeBinding, 'loadBackend'>,
  options: {
    readonly folder: string;
    readonly loaded: Set<string>;
    readonly book: DeviceBook;
    readonly driver: string;
    readonly packs?: readonly GpuPack[];
  },
): readonly string[] {
  const { folder, loaded, book, driver } = options;
  const problems: string[] = [];
  for (const pack of options.packs ?? gpuPacksFor(`${process.platform}-${process.arch}`)) {
    const path = join(folder, packFile(pack));
    if (loaded.has(pack.name) || !existsSync(path)) continue;
    const identity = `${pack.name} pack, ${pack.version}, driver ${driver}`;
    const fault = book.finding(identity)?.fault ?? '';
    try {
      if (fault !== '') throw new Error(fault);
      if (createHash('sha256').update(readFileSync(path)).digest('hex') !== pack.sha256)
        throw new Error(`${path} is not the file it must be; fetch the pack again`);
      const ended = book.begin(identity, { kind: 'start' });
      try {
        binding.loadBackend(path);
      } finally {
        ended();
      }
      loaded.add(pack.name);
    } catch (error) {
      problems.push(`The ${pack.name} pack is not used: ${reasonOf(error)}`);
    }
  }
  return problems;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}
