import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What a request for an answer was. */
export interface ChatRequest {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: { readonly model: string; readonly messages: readonly { readonly role: string; readonly content: unknown }[] } & Record<
    string,
    unknown
  >;
}

/** Answers one request for an answer in the place of the usual one. */
export type ChatBehaviour = (response: http.ServerResponse) => void | Promise<void>;

export interface ChatServer {
  /** Without a path. */
  readonly url: string;
  readonly requests: ChatRequest[];
  /** Paths of all requests. */
  readonly paths: string[];
  /** Of one request each, in order; usual ones follow. */
  behave(...next: ChatBehaviour[]): void;
  close(): Promise<void>;
}

export interface ChatServerOptions {
  readonly models?: readonly Record<string, unknown>[];
  /** Every request without it is refused. */
  readonly key?: string;
  readonly words?: readonly string[];
  /** Private key and certificate in PEM; the server then speaks TLS alone. */
  readonly certificate?: string;
}

/** Begins a streamed answer. */
export function beginStream(response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

export function sendText(response: http.ServerResponse, content: string, finish: string | null = null): void {
  response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`);
}

/** A server of the chat protocol on 127.0.0.1, with TLS where it is given a certificate, that writes the same words each time. */
export async function startChatServer({
  models = [{ id: 'gemma-3-4b-it', max_model_len: 4096 }],
  key,
  words = ['The', ' total', ' is', ' 8352.'],
  certificate,
}: ChatServerOptions = {}): Promise<ChatServer> {
  const requests: ChatRequest[] = [];
  const paths: string[] = [];
  let next: ChatBehaviour[] = [];
  const serve = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    paths.push(request.url ?? '');
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
      response.writeHead(401).end(JSON.stringify({ error: { message: 'bad key' } }));
    } else if (request.url === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data: models }));
    } else if (request.url === '/v1/chat/completions') {
      requests.push({ headers: request.headers, body: JSON.parse(Buffer.concat(pieces).toString('utf8')) as ChatRequest['body'] });
      const behaviour = next.shift() ?? usual;
      await behaviour(response);
    } else response.writeHead(404).end();
  };
  const usual: ChatBehaviour = async (response) => {
    beginStream(response);
    for (const word of words) {
      sendText(response, word);
      await delay(1);
    }
    sendText(response, '', 'stop');
    const usage = { prompt_tokens: 30, completion_tokens: words.length, prompt_tokens_details: { cached_tokens: 12 } };
    response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
    response.end('data: [DONE]\n\n');
  };
  const listener = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    serve(request, response).catch(() => response.destroy());
  };
  const server =
    certificate === undefined ? http.createServer(listener) : https.createServer({ key: certificate, cert: certificate }, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    paths,
    behave: (...list) => (next = list),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
