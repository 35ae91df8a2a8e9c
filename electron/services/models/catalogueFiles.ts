import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '../../shared/assertNever.ts';
import type { LearnedFile, LearnedFiles } from '../database/learnedFiles.ts';
import type { CatalogueFile, FileSource } from './catalogue.ts';
import { journalledBytes } from './download/downloadJournal.ts';
import { hubUrl } from './download/hubAddress.ts';
import type { ModelFolder } from './modelFolder.ts';
import { packageIndexName } from './pythonPackages.ts';

/** A file with everything that is known of it by now. */
export interface ResolvedFile extends CatalogueFile {
  /** Names what is kept of it while it is not whole. */
  readonly key: string;
  /** Where it is fetched; null for what ships with Facet or comes in packages. */
  readonly url: string | null;
  /** Of the catalogue, or given by the user; null where only the server's word is known. */
  readonly pinned: string | null;
}

/** Knows where files of the catalogue come from and lie. */
export interface CatalogueFiles {
  readonly folder: ModelFolder;
  resolve(file: CatalogueFile): ResolvedFile;
  /** Where the finished file is, or null while it is not there or has another size. */
  find(file: CatalogueFile): string | null;
  /** Bytes on disk, finished and partial, never more than the whole. */
  received(file: CatalogueFile): number;
  learn(file: CatalogueFile, learned: LearnedFile): void;
  /** The name people see for where a file comes from: a host, or the package index. */
  sourceName(source: FileSource): string;
}

export interface CatalogueFilesOptions {
  readonly folder: ModelFolder;
  readonly assetsFolder: string;
  readonly learned: LearnedFiles;
  /** Origin of the hub. */
  readonly hub: string;
}

export function createCatalogueFiles({ folder, assetsFolder, learned, hub }: CatalogueFilesOptions): CatalogueFiles {
  const urlOf = (source: FileSource): string | null => {
    switch (source.kind) {
      case 'hub':
        return hubUrl(source, hub);
      case 'web':
        return source.url;
      case 'builtIn':
      case 'pythonPackages':
        return null;
      default:
        return assertNever(source, 'source');
    }
  };
  const resolve = (file: CatalogueFile): ResolvedFile => {
    const url = urlOf(file.source);
    const known = url === null ? null : learned.get(url);
    return {
      source: file.source,
      bytes: file.bytes ?? known?.bytes ?? null,
      sha256: file.sha256 ?? known?.sha256 ?? null,
      key:
        file.sha256 ??
        createHash('sha256')
          .update(url ?? '')
          .digest('hex'),
      url,
      pinned: file.sha256,
    };
  };
  const find = (file: CatalogueFile): string | null => {
    const { source, bytes, sha256 } = resolve(file);
    if (sha256 === null || bytes === null) return null;
    const path = source.kind === 'builtIn' ? join(assetsFolder, source.path) : folder.file(sha256);
    return sizeOf(path) === bytes ? path : null;
  };
  return {
    folder,
    resolve,
    find,
    received(file) {
      const { source, key, bytes } = resolve(file);
      if (find(file) !== null) return bytes ?? 0;
      const partial =
        source.kind === 'pythonPackages'
          ? Math.max(sizeOf(folder.part(key)), wheelBytes(folder.wheels(key)))
          : // The journal of a finished file stays when the file is taken away.
            sizeOf(folder.part(key)) > 0
            ? journalledBytes(folder.journal(key))
            : 0;
      return Math.min(bytes ?? partial, partial);
    },
    learn(file, facts) {
      const url = urlOf(file.source);
      if (url !== null) learned.save(url, facts);
    },
    sourceName(source) {
      const url = urlOf(source);
      if (url !== null) return new URL(url).host;
      return source.kind === 'builtIn' ? 'Facet' : packageIndexName;
    },
  };
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
