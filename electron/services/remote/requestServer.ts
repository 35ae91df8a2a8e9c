import http from 'node:http';
import https from 'node:https';
import { facetError } from '../../shared/errors.ts';
import { isLoopback } from './serverAddress.ts';
import { failureReason, refusal } from './serverReasons.ts';
import { trustedAuthorities } from './trustedAuthorities.ts';

/** Longest answer that is read whole, in bytes: a list of models or an error. */
const longestBody = 4 * 1024 * 1024;

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
      agent: secure ? new https.Agent({ ...proxied, ca: trustedAuthorities() }) : new http.Agent(proxied),
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
    call.on('error', (error) => reject(failure(address, error, signal, answer === null)));
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

function failure(address: URL, error: Error, signal: AbortSignal, unanswered = false): Error {
  if (signal.aborted) return facetError('cancelled', {}, error);
  return facetError('networkFailed', { host: address.host, reason: failureReason(error, address, unanswered) }, error);
}
