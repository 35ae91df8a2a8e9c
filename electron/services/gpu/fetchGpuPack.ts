import { join } from 'node:path';
import { type GpuPack, packFile } from '../../shared/gpuPacks.ts';
import { fetchNpmFile } from '../packages/fetchNpmFile.ts';

export interface PackFetch {
  readonly pack: GpuPack;
  /** Folder of all packs. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Bytes of the archive that are here. */
  readonly onReceived: (bytes: number) => void;
}

/** Puts a pack's library into the folder. @throws FacetError as fetchNpmFile */
export function fetchGpuPack({ pack, folder, ...rest }: PackFetch): Promise<void> {
  return fetchNpmFile({ file: { ...pack, memberBytes: pack.libraryBytes }, target: join(folder, packFile(pack)), ...rest });
}
