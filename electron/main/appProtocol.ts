import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy, withNonce } from '../shared/contentSecurityPolicy.ts';
import { pageHeaders } from '../shared/pageHeaders.ts';
import { type BundleFile, findBundleFile } from './bundleFiles.ts';

/** Answers `app://bundle/…` out of the built page; everything else is not there. */
export function createAppResponder(files: ReadonlyMap<string, BundleFile>): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET is answered.');
    const file = findBundleFile(files, request.url);
    if (file === null) return refuse(404, 'There is nothing here.');
    const nonce = randomBytes(16).toString('base64');
    const bytes = await readFile(file.path);
    const isPage = file.type.startsWith('text/html');
    return new Response(isPage ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes), {
      headers: {
        ...pageHeaders,
        'Content-Type': file.type,
        'Content-Security-Policy': contentSecurityPolicy(nonce, null),
        'Cache-Control': isPage ? 'no-store' : 'no-cache',
      },
    });
  };
}

function refuse(status: number, reason: string): Response {
  return new Response(`${reason}\n`, { status, headers: { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8' } });
}
