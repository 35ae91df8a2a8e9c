import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  /** Files named by their content may be kept by the browser for good. */
  readonly immutable: boolean;
  readonly tag: string;
}

const typesByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Reads the built renderer once. Requests are then looked up by name in the map, so no request can reach the file system.
 * @returns files by URL path (`/assets/main-a1b2c3d4.js`); `/` is index.html. Files of unknown types are left out.
 */
export async function readStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = typesByExtension[path.extname(entry.name)];
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
