import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with the next request; `null` serves correctly, ranges included. */
export type Rudeness = ((request: http.IncomingMessage, response: http.ServerResponse, content: Buffer) => void) | null;

export interface RudeServer {
  readonly url: string;
  /** Headers of every GET so far. */
  readonly requests: http.IncomingHttpHeaders[];
  /** Headers of every HEAD so far. */
  readonly heads: http.IncomingHttpHeaders[];
  /** Body bytes sent so far. */
  sentBytes(): number;
  /** One rudeness per GET, in order; correct when they run out. */
  behave(...next: Rudeness[]): void;
  /** For every GET that no rudeness is left for. */
  always(rudeness: Rudeness): void;
  /** For every HEAD; null answers as a plain file server does. */
  behaveHead(rudeness: Rudeness): void;
  setContent(content: Buffer, etag: string): void;
  close(): Promise<void>;
}

/** A file server on 127.0.0.1 with bad manners on request. */
export async function startRudeServer(initial: Buffer): Promise<RudeServer> {
  let content = initial;
  let etag = '"first"';
  let next: Rudeness[] = [];
  let usual: Rudeness = null;
  let head: Rudeness = null;
  let sent = 0;
  const requests: http.IncomingHttpHeaders[] = [];
  const heads: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((request, response) => {
    if (request.method === 'HEAD') {
      heads.push(request.headers);
      if (head !== null) head(request, response, content);
      else response.writeHead(200, { 'content-length': content.length, etag, 'accept-ranges': 'bytes' }).end();
      return;
    }
    requests.push(request.headers);
    const write = response.write.bind(response);
    response.write = ((chunk: Buffer, ...rest: never[]) => {
      sent += chunk.length;
      return write(chunk, ...rest);
    }) as typeof response.write;
    const rude = next.shift() ?? usual;
    if (rude !== null) rude(request, response, content);
    else serve(request, response, content, etag);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.gguf`,
    requests,
    heads,
    sentBytes: () => sent,
    behave: (...list) => (next = list),
    always: (rudeness) => (usual = rudeness),
    behaveHead: (rudeness) => (head = rudeness),
    setContent: (changed, tag) => ((content = changed), (etag = tag)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The range that is asked for, both ends included; null for the whole. */
export function rangeOf(request: http.IncomingMessage, content: Buffer): { readonly from: number; readonly to: number } | null {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (range === null) return null;
  return { from: Number(range[1]), to: range[2] === '' ? content.length - 1 : Math.min(Number(range[2]), content.length - 1) };
}

/** A correct answer, with Range and If-Range. */
function serve(request: http.IncomingMessage, response: http.ServerResponse, content: Buffer, etag: string): void {
  const condition = request.headers['if-range'];
  const range = condition === undefined || condition === etag ? rangeOf(request, content) : null;
  sendHead(response, content, range, etag);
  const body = range === null ? content : content.subarray(range.from, range.to + 1);
  response.write(body);
  response.end();
}

function sendHead(response: http.ServerResponse, content: Buffer, range: ReturnType<typeof rangeOf>, etag: string): void {
  if (range === null) response.writeHead(200, { 'content-length': content.length, etag });
  else {
    response.writeHead(206, {
      'content-length': range.to - range.from + 1,
      etag,
      'content-range': `bytes ${range.from}-${range.to}/${content.length}`,
    });
  }
}

/** Serves correctly and ends the connection after `bytes` of the body. (A reset would also take bytes back that were on their way.) */
export function cutAfter(bytes: number): Rudeness {
  return (request, response, content) => {
    const range = rangeOf(request, content);
    sendHead(response, content, range, '"first"');
    const from = range?.from ?? 0;
    const to = range?.to ?? content.length - 1;
    const part = content.subarray(from, Math.min(to + 1, from + bytes));
    if (part.length === to - from + 1) {
      response.write(part);
      response.end();
    } else response.write(part, () => response.socket?.end());
  };
}

/** Serves correctly, a little at a time: `bytes` every `ms` milliseconds. */
export function trickle(bytes: number, ms: number): Rudeness {
  return (request, response, content) => {
    const range = rangeOf(request, content);
    sendHead(response, content, range, '"first"');
    const to = (range?.to ?? content.length - 1) + 1;
    let at = range?.from ?? 0;
    const timer = setInterval(() => {
      response.write(content.subarray(at, Math.min(to, at + bytes)));
      at += bytes;
      if (at < to) return;
      clearInterval(timer);
      response.end();
    }, ms);
    response.on('close', () => clearInterval(timer));
  };
}

/** Serves ranges correctly but for one byte, which is turned around. */
export function spoil(at: number): Rudeness {
  return (request, response, content) => {
    const spoilt = Buffer.from(content);
    spoilt[at] = (spoilt[at] ?? 0) ^ 0xff;
    serve(request, response, spoilt, '"first"');
  };
}

/** Knows no ranges: sends the whole file, whatever is asked for. */
export const wholeOnly: Rudeness = (_, response, content) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content);
  response.end();
};
