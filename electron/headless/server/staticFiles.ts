import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentTypes } from '../../shared/contentTypes.ts';

export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  /** Files named by their content may be kept by the browser for good. */
  readonly immutable: boolean;
  readonly tag: string;
}

/**
 * Reads the built renderer once. Requests are then looked up by name in the map, so no request can reach the file system.
 * @returns files by URL path (`/assets/main-a1b2c3d4.js`); `/` is index.html. Files of unknown types are left out.
 */
export async function readStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = contentTypes[path.extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const body = await readFile(file);
    const urlPath = `/${path.relative(folder, file).split(path.sep).join('/')}`;
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(urlPath, { body, type, immutable: /-[\w-]{8}\.\w+$/.test(entry.name), tag });
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new Error(`No index.html in ${folder}: the app is not built. Run "npm run build".`);
  files.set('/', index);
  return files;
}
