import { readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { contentTypes } from '../shared/contentTypes.ts';

/** One file of the built page. */
export interface BundleFile {
  readonly path: string;
  readonly type: string;
}

/**
 * Lists the built page once, so that an address is a look-up in a closed list and never a path. Links and unknown types are left out.
 * @returns files by URL path, such as `/assets/main-a1b2c3d4.js`; `/` is the page
 * @throws Error when the folder holds no index.html
 */
export async function listBundle(folder: string): Promise<ReadonlyMap<string, BundleFile>> {
  const files = new Map<string, BundleFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = contentTypes[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { path, type });
  }
  const page = files.get('/index.html');
  if (page === undefined) throw new Error(`No index.html in ${folder}: the app is not built.`);
  return files.set('/', page);
}

/**
 * The file an address names, or null. Only exact names are found: no dot segments, no encoded separators, no case or trailing-dot variants.
 * @param address as the page asked for it; a query or fragment changes nothing
 */
export function findBundleFile(files: ReadonlyMap<string, BundleFile>, address: string): BundleFile | null {
  const match = /^app:\/\/bundle(\/[^?#]*)?(?:[?#].*)?$/.exec(address);
  if (match === null) return null;
  try {
    return files.get(decodeURIComponent(match[1] ?? '/')) ?? null;
  } catch {
    // A broken percent sequence names nothing.
    return null;
  }
}
