import http from 'node:http';
import https from 'node:https';
import { facetError } from '../../../shared/errors.ts';
import { type BodyPieces, streamPieces } from './streamPieces.ts';
import { followUrl, networkError, parseUrl } from './webAddresses.ts';

const maximumRedirects = 5;

/** How Facet goes out to the web. */
export interface WebClientOptions {
  /** Longest wait for headers and between two pieces of a body, in milliseconds. */
  readonly stallMs: number;
  /** Address of a proxy; null for what the system's variables say. */
  readonly proxy: string | null;
  /** Sent to this origin alone, and no more once a redirect has led away from it. */
  readonly token: { readonly origin: string; readonly value: string } | null;
}

export interface HeadAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly host: string;
}

export interface BodyAnswer extends HeadAnswer {
  /** Ends early with an error when the connection is cut or stalls. */
  readonly body: BodyPieces;
  discard(): void;
}

export interface RangeRequest {
  readonly url: string;
  /** Both ends included; null for the whole file. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Strong ETag of the bytes held, so that a changed file is sent whole. */
  readonly etag: string | null;
  readonly signal: AbortSignal;
}

export interface WebClient {
  /** Redirects are not followed. @throws FacetError networkFailed, or AbortError */
  head(url: string, signal: AbortSignal): Promise<HeadAnswer>;
  /** Redirects are followed by hand; where they led is remembered for the next range. @throws FacetError networkFailed, or AbortError */
  get(request: RangeRequest): Promise<BodyAnswer>;
  close(): void;
}

/**
 * Only https, and http between loopback addresses. Nothing but ranges, the token for its own host and a fixed agent is ever sent, so no other header can
 * leak. Connections are kept for the next range.
 */
export function createWebClient({ stallMs, proxy, token }: WebClientOptions): WebClient {
  const proxyEnv = proxy === null ? process.env : { HTTPS_PROXY: proxy, NO_PROXY: 'localhost,127.0.0.1,::1' };
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true, proxyEnv }) };
  /** Where an address led to, such as a signed one that is good for some minutes. */
  const places = new Map<string, { readonly url: URL; readonly trusted: boolean }>();

  const ask = (method: 'GET' | 'HEAD', url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<http.IncomingMessage> => {
    const secure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const call = (secure ? https : http).request(url, {
        method,
        agent: secure ? agents.https : agents.http,
        headers: { 'user-agent': 'Facet', 'accept-encoding': 'identity', accept: '*/*', ...headers },
        timeout: stallMs,
        signal,
        maxHeaderSize: 64 * 1024,
      });
      let answered = false;
      call.on('timeout', () => {
        // A body has its own clock, which stands while nobody reads.
        if (!answered) call.destroy(new Error(`nothing came for ${stallMs / 1000} seconds`));
      });
      call.on('response', (response) => {
        answered = true;
        resolve(response);
      });
      call.on('error', (error) => reject(signal.aborted ? error : networkError(url.host, error)));
      call.end();
    });
  };
  const credentials = (url: URL, trusted: boolean): Record<string, string> =>
    token !== null && trusted && url.origin === token.origin ? { authorization: `Bearer ${token.value}` } : {};

  const follow = async (start: { readonly url: URL; readonly trusted: boolean }, request: RangeRequest): Promise<BodyAnswer> => {
    let { url, trusted } = start;
    for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
      const response = await ask('GET', url, { ...rangeHeaders(request), ...credentials(url, trusted) }, request.signal);
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
        if (redirects > 0) places.set(request.url, { url, trusted });
        return toAnswer(url, response, stallMs);
      }
      response.destroy();
      const next = followUrl(location, url);
      trusted = trusted && next.origin === url.origin;
      url = next;
    }
    throw facetError('networkFailed', { host: url.host, reason: `more than ${maximumRedirects} redirects` });
  };

  return {
    async head(address, signal) {
      const url = parseUrl(address);
      const response = await ask('HEAD', url, credentials(url, true), signal);
      response.resume();
      return { status: response.statusCode ?? 0, headers: response.headers, host: url.host };
    },
    async get(request) {
      const place = places.get(request.url);
      if (place !== undefined) {
        const answer = await follow(place, request);
        if (![400, 401, 403, 404, 410].includes(answer.status)) return answer;
        // A signed address has run out: ask for a new one.
        answer.discard();
        places.delete(request.url);
      }
      return follow({ url: parseUrl(request.url), trusted: true }, request);
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function rangeHeaders({ range, etag }: RangeRequest): Record<string, string> {
  if (range === null) return {};
  return { range: `bytes=${range.from}-${range.to}`, ...(etag === null ? {} : { 'if-range': etag }) };
}

function toAnswer(url: URL, response: http.IncomingMessage, stallMs: number): BodyAnswer {
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    host: url.host,
    discard: () => response.destroy(),
    body: streamPieces(response, stallMs, (error) => networkError(url.host, error)),
  };
}
