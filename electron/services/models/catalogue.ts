import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelSize, PromptProfile } from '../../shared/models.ts';
import type { HubFile } from './download/hubAddress.ts';
import type { PackagePart } from './pythonPackages.ts';

export type FileSource =
  /** Ships with Facet; `path` is relative to the assets folder. */
  | { readonly kind: 'builtIn'; readonly path: string }
  /** In a repository of the hub. */
  | ({ readonly kind: 'hub' } & HubFile)
  | { readonly kind: 'web'; readonly url: string }
  /** One chunk of the file in each Python package, in order. */
  | { readonly kind: 'pythonPackages'; readonly version: string; readonly parts: readonly PackagePart[] };

/** A file, where it comes from, and what is known of it. */
export interface CatalogueFile {
  readonly source: FileSource;
  /** Null until the server has said it. */
  readonly bytes: number | null;
  /** Lower-case hex. Null where nobody has published it: the server's own word is then taken, and remembered. */
  readonly sha256: string | null;
}

export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly size: ModelSize;
  readonly quantisation: string;
  readonly profile: PromptProfile;
  readonly contextLimit: number;
  readonly licence: string;
  readonly notes: readonly string[];
  readonly text: CatalogueFile;
  readonly projector: CatalogueFile | null;
}

/** The models Facet knows, in the order they are shown. Its schema is proved by a test, since it ships with Facet. */
export interface Catalogue {
  readonly version: 2;
  /** Ids to try in order when the user asks for `starter`. */
  readonly starter: readonly string[];
  readonly models: readonly CatalogueEntry[];
}

/** @throws when the shipped file is missing or damaged: a fault of the installation */
export function readCatalogue(assetsFolder: string): Catalogue {
  return JSON.parse(readFileSync(join(assetsFolder, 'catalog.json'), 'utf8')) as Catalogue;
}

/** The files of an entry: the text model, and the projector when there is one. */
export function filesOf(entry: Pick<CatalogueEntry, 'text' | 'projector'>): readonly CatalogueFile[] {
  return entry.projector === null ? [entry.text] : [entry.text, entry.projector];
}

/** True for models that ship with Facet. */
export function isBuiltIn(entry: CatalogueEntry): boolean {
  return entry.text.source.kind === 'builtIn';
}
