import http from 'node:http';
import https from 'node:https';
import { facetError } from '../../shared/errors.ts';
import { networkReasons } from '../network/networkReasons.ts';
import { isLoopback } from './serverAddress.ts';

/** Longest answer that is read whole, in bytes: a list of models or an error. */
const longestBody = 4 * 1024 * 1024;
/** Longest part of a server's own words in an error. */
const longestReason = 300;

export interface ServerRequest {
  /** With the base's path, without a slash at its end. */
  readonly address: URL;
  /** After the base, such as `/chat/completions`. */
  readonly path: string;
  readonly key: string | null;
  /** Sent as JSON by POST; a GET without it. */
  readonly body?: unknown;
  /** Longest wait for the first byte of the answer, and between two pieces of it, in milliseconds. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

/**
 * One request to a server that the user named. No redirect is followed, the key goes to that address alone, and the system's proxy is used unless the
 * address is this computer. Resolves with the answer of a status below 300.
 * @throws FacetError networkFailed with a plain reason, cancelled
 */
export async function requestServer(request: ServerRequest): Promise<http.IncomingMessage> {
  const { address, key, body, silenceMs, signal } = request;
  const secure = address.protocol === 'https:';
  const content = body === undefined ? null : Buffer.from(JSON.stringify(body));
  const proxied = isLoopback(address.hostname) ? {} : { proxyEnv: process.env };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const call = (secure ? https : http).request(new URL(`${address.href}${request.path}`), {
      method: content === null ? 'GET' : 'POST',
      agent: secure ? new https.Agent(proxied) : new http.Agent(proxied),
      headers: {
        'user-agent': 'Facet',
        accept: 'application/json, text/event-stream',
        ...(content === null ? {} : { 'content-type': 'application/json', 'content-length': content.byteLength }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      timeout: silenceMs,
      signal,
    });
    let answer: http.IncomingMessage | null = null;
    call.on('timeout', () => {
      const silent = new Error(`nothing came for ${String(Math.round(silenceMs / 1000))} seconds`);
      if (answer === null) call.destroy(silent);
      else answer.destroy(silent);
    });
    call.on('response', (received) => {
      answer = received;
      resolve(received);
    });
    call.on('error', (error) => reject(failure(address, error, signal)));
    call.end(content ?? undefined);
  });
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return response;
  const said = await readText(response, address, signal).catch(() => '');
  throw facetError('networkFailed', { host: address.host, reason: refusal(status, said) });
}

/** The whole answer as JSON. @throws FacetError networkFailed */
export async function readJson(response: http.IncomingMessage, address: URL, signal: AbortSignal): Promise<unknown> {
  const text = await readText(response, address, signal);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw facetError(
      'networkFailed',
      { host: address.host, reason: 'it answered with something other than JSON; is this the right address?' },
      error,
    );
  }
}

/** Pieces of the answer, with the failures of the line in words. @throws FacetError networkFailed, cancelled */
export async function* readPieces(
  response: http.IncomingMessage,
  address: URL,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const piece of response) yield piece as Buffer;
  } catch (error) {
    throw failure(address, error as Error, signal);
  }
}

async function readText(response: http.IncomingMessage, address: URL, signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of readPieces(response, address, signal)) {
    bytes += piece.byteLength;
    if (bytes > longestBody) {
      response.destroy();
      throw facetError('networkFailed', { host: address.host, reason: 'its answer is larger than any sensible one' });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function refusal(status: number, said: string): string {
  if (status === 401 || status === 403) return `it refused the key (${String(status)}); check the key in the settings`;
  if (status >= 300 && status < 400)
    return `it sends requests on to another address (${String(status)}), which Facet does not follow; enter that address instead`;
  if (status === 404) return 'there is nothing at this address (404); most servers want a path that ends with /v1';
  if (status === 429) return 'it has too much to do, or the account has used up what it may (429)';
  const words = ownWords(said);
  return words === '' ? `it answered with status ${String(status)}` : `it answered with status ${String(status)}: ${words}`;
}

/** What a server says about its refusal, in one line. */
export function ownWords(said: string): string {
  let text = said;
  try {
    const parsed = JSON.parse(said) as {
      readonly error?: { readonly message?: unknown } | string;
      readonly message?: unknown;
      readonly detail?: unknown;
    };
    const error = typeof parsed.error === 'object' ? parsed.error.message : parsed.error;
    const found = [error, parsed.message, parsed.detail].find((value) => typeof value === 'string');
    if (typeof found === 'string') text = found;
  } catch {
    if (said.trimStart().startsWith('<')) return '';
  }
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}

const reasons: Readonly<Record<string, string>> = {
  ...networkReasons,
  ECONNREFUSED: 'nothing listens there; is the server running?',
  EPIPE: 'the connection was cut',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, so nobody vouches for it; install it in the system, or use a tunnel',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that this system does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that this system does not know',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate belongs to another name',
  EPROTO: 'it does not speak TLS; does its address begin with http://?',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP; does its address begin with https://?',
};

function failure(address: URL, error: Error, signal: AbortSignal): Error {
  if (signal.aborted) return facetError('cancelled', {}, error);
  const code = 'code' in error ? String(error.code) : '';
  return facetError('networkFailed', { host: address.host, reason: reasons[code] ?? error.message }, error);
}
