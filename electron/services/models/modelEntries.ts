import { createHash } from 'node:crypto';
import { facetError } from '../../shared/errors.ts';
import type { WebModel, WebModels } from '../database/webModels.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import { parseUrl } from './download/webAddresses.ts';

/** A download by address. */
export interface AddressDownload {
  readonly url: string;
  /** What the file must be; null for whatever comes. */
  readonly sha256: string | null;
  readonly bytes: number | null;
}

/** What can be downloaded: the catalogue's models, and files whose address the user gave. */
export interface ModelEntries {
  list(): readonly CatalogueEntry[];
  /** @throws FacetError notFound */
  get(id: string): CatalogueEntry;
  /** Remembers an address, so that its download can go on after a restart. @throws FacetError invalidRequest */
  add(address: AddressDownload): CatalogueEntry;
  /** True when the entry came from an address, which is forgotten now. */
  forget(id: string): boolean;
  isAddress(id: string): boolean;
}

export function createModelEntries(catalogue: Catalogue, webModels: WebModels): ModelEntries {
  const list = (): readonly CatalogueEntry[] => [...catalogue.models, ...webModels.list().map(toEntry)];
  return {
    list,
    get(id) {
      const entry = list().find((candidate) => candidate.id === id);
      if (entry === undefined) throw facetError('notFound', { what: 'model', id });
      return entry;
    },
    add({ url, sha256, bytes }) {
      const address = requireAddress(url);
      const model: WebModel = {
        id: `web-${createHash('sha256').update(address.href).digest('hex').slice(0, 12)}`,
        url: address.href,
        name: nameOf(address),
        bytes,
        sha256,
      };
      webModels.save(model);
      return toEntry(model);
    },
    forget: (id) => webModels.remove(id),
    isAddress: (id) => webModels.list().some((model) => model.id === id),
  };
}

/** An address that Facet downloads from. @throws FacetError invalidRequest */
function requireAddress(url: string): URL {
  try {
    return parseUrl(url);
  } catch (error) {
    const parsed = URL.parse(url);
    const hasSecret = parsed !== null && (parsed.username !== '' || parsed.password !== '');
    const reason = hasSecret ? 'it must not hold a name or a password' : 'it must begin with https://';
    throw facetError('invalidRequest', { field: 'address', reason }, error);
  }
}

/** The last part of the address, for people; never a path. */
function nameOf({ pathname, host }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? host;
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // Not meant as an encoding: shown as it is.
  }
  return (
    name
      .replaceAll(/[\p{C}/\\]/gu, ' ')
      .trim()
      .slice(0, 120) || host
  );
}

/** What the file really is shows when it is here. */
function toEntry({ id, url, name, bytes, sha256 }: WebModel): CatalogueEntry {
  return {
    id,
    name,
    size: 'custom',
    quantisation: '',
    profile: 'turns',
    contextLimit: 0,
    licence: 'As its author says; Gemma models come under the Gemma Terms of Use',
    notes: [],
    text: { source: { kind: 'web', url }, bytes, sha256 },
    projector: null,
  };
}
