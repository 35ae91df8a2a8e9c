import http from 'node:http';
import https from 'node:https';
import { facetError } from '../../shared/errors.ts';
import { streamPieces } from './streamPieces.ts';

const maximumRedirects = 5;
const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

export interface BodyRequest {
  readonly url: string;
  /** First byte wanted. */
  readonly from: number;
  /** Strong ETag of the bytes held, so that a changed file is sent whole. */
  readonly etag: string | null;
  /** Longest wait for headers and between two pieces, in milliseconds. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

export interface BodyResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Ends early with an error when the connection is cut or stalls. */
  readonly body: AsyncIterable<Buffer>;
  readonly host: string;
  discard(): void;
}

/**
 * One GET, redirects followed by hand: nothing but Range, If-Range and a fixed agent is ever sent, so no header can leak to another host.
 * Only https, and http between loopback addresses. Honours the system's proxy variables. @throws FacetError networkFailed, or AbortError
 */
export async function requestBody(request: BodyRequest): Promise<BodyResponse> {
  let url = parseUrl(request.url, null);
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const response = await getOnce(url, request);
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return toBody(url, response);
    response.destroy();
    url = parseUrl(location, url);
  }
  throw facetError('networkFailed', { host: url.host, reason: `more than ${maximumRedirects} redirects` });
}

function parseUrl(text: string, base: URL | null): URL {
  const url = base === null ? new URL(text) : (URL.parse(text, base.href) ?? null);
  if (url === null) throw facetError('networkFailed', { host: base?.host ?? '', reason: 'the redirect has no valid address' });
  const loopback = loopbackHosts.has(url.hostname);
  const cameFromOutside = base !== null && !loopbackHosts.has(base.hostname);
  const allowed = url.protocol === 'https:' ? !(loopback && cameFromOutside) : url.protocol === 'http:' && loopback && !cameFromOutside;
  if (!allowed)
    throw facetError('networkFailed', { host: url.host, reason: `${url.protocol}//${url.host} is not allowed; downloads use https` });
  return url;
}

function getOnce(url: URL, request: BodyRequest): Promise<http.IncomingMessage> {
  const headers: Record<string, string> = { 'user-agent': 'Facet', 'accept-encoding': 'identity', accept: '*/*' };
  if (request.from > 0) {
    headers['range'] = `bytes=${request.from}-`;
    if (request.etag !== null) headers['if-range'] = request.etag;
  }
  const secure = url.protocol === 'https:';
  const agent = secure ? new https.Agent({ proxyEnv: process.env }) : new http.Agent();
  return new Promise((resolve, reject) => {
    const call = (secure ? https : http).get(url, {
      agent,
      headers,
      timeout: request.stallMs,
      signal: request.signal,
      maxHeaderSize: 64 * 1024,
    });
    let answer: http.IncomingMessage | null = null;
    call.on('timeout', () => {
      const stalled = new Error(`nothing came for ${request.stallMs / 1000} seconds`);
      // Once there is an answer, an error of the request would reach its reader as a mere reset.
      if (answer === null) call.destroy(stalled);
      else answer.destroy(stalled);
    });
    call.on('response', (response) => {
      answer = response;
      resolve(response);
    });
    call.on('error', (error) => reject(request.signal.aborted ? error : networkError(url.host, error)));
  });
}

function toBody(url: URL, response: http.IncomingMessage): BodyResponse {
  const received = streamPieces(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    host: url.host,
    discard: () => response.destroy(),
    body: (async function* pieces() {
      try {
        yield* received;
      } catch (error) {
        throw networkError(url.host, error as Error);
      }
    })(),
  };
}

/** A socket or TLS error with the host and a plain reason; cancellations pass through. */
function networkError(host: string, error: Error): Error {
  if (error.name === 'AbortError') return error;
  const code = 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    ENOTFOUND: 'the name could not be found; is this computer online?',
    EAI_AGAIN: 'the name could not be found; is this computer online?',
    ECONNREFUSED: 'the connection was refused',
    ECONNRESET: 'the connection was cut',
    ETIMEDOUT: 'the connection timed out',
    ENETUNREACH: 'there is no network',
    EHOSTUNREACH: 'the host cannot be reached',
  };
  return facetError('networkFailed', { host, reason: reasons[code] ?? error.message }, error);
}
