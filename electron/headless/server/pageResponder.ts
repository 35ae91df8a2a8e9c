import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentSecurityPolicy, withNonce } from '../../shared/contentSecurityPolicy.ts';
import { pageHeaders } from '../../shared/pageHeaders.ts';
import { judgeRequest, type Refusal } from './requestGuard.ts';
import type { Sessions } from './sessions.ts';
import type { StaticFile } from './staticFiles.ts';

/** Answers page loads: the one-time link, then files for a session. */
export function createPageResponder(options: {
  readonly port: number;
  readonly sessions: Sessions;
  readonly files: ReadonlyMap<string, StaticFile>;
}) {
  const { port, sessions, files } = options;
  return (request: IncomingMessage, response: ServerResponse): void => {
    const target = request.url ?? '';
    const refusal = judgeRequest({ method: request.method ?? '', target, rawHeaders: request.rawHeaders }, 'page', port);
    if (refusal !== null) return refuse(response, refusal);
    if (hasBody(request)) return refuse(response, { status: 400, reason: 'Requests with a body are not answered.' });
    const [urlPath = '/', query = ''] = target.split('?', 2);
    const token = urlPath === '/' ? new URLSearchParams(query).get('token') : null;
    if (token !== null) return request.method === 'HEAD' ? refuse(response, lacksSession) : redeemLink(response, sessions, token);
    if (!sessions.accepts(request.headers.cookie)) return refuse(response, lacksSession);
    const file = files.get(urlPath);
    if (file === undefined) return refuse(response, { status: 404, reason: 'There is nothing here.' });
    sendFile(request, response, file, `ws://${request.headers.host ?? ''}`);
  };
}

const lacksSession: Refusal = {
  status: 401,
  reason: 'Open the link that Facet printed when it started. A link works once; press Enter in that terminal for another one.',
};

function redeemLink(response: ServerResponse, sessions: Sessions, token: string): void {
  const secret = sessions.redeem(token);
  if (secret === null) return refuse(response, lacksSession);
  response.writeHead(303, { ...pageHeaders, Location: '/', 'Set-Cookie': sessions.cookieFor(secret), 'Cache-Control': 'no-store' }).end();
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile, wire: string): void {
  const isPage = file.type.startsWith('text/html');
  const nonce = randomBytes(16).toString('base64');
  const body = isPage ? Buffer.from(withNonce(file.body.toString('utf8'), nonce)) : file.body;
  const headers = {
    ...pageHeaders,
    'Content-Security-Policy': contentSecurityPolicy(nonce, wire),
    'Content-Type': file.type,
    'Cache-Control': isPage ? 'no-store' : file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
    ...(isPage ? {} : { ETag: file.tag }),
  };
  if (!isPage && request.headers['if-none-match'] === file.tag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Length': body.byteLength }).end(request.method === 'HEAD' ? undefined : body);
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  const allow = refusal.status === 405 ? { Allow: 'GET, HEAD' } : {};
  // Whatever body is still coming is not read: the connection ends with the answer.
  response.writeHead(refusal.status, {
    ...pageHeaders,
    ...allow,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(`${refusal.reason}\n`);
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}
