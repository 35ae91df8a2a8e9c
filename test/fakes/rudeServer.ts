import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with the next request; `null` serves correctly, ranges included. */
export type Rudeness = ((request: http.IncomingMessage, response: http.ServerResponse, content: Buffer) => void) | null;

export interface RudeServer {
  readonly url: string;
  /** Headers of every request so far. */
  readonly requests: http.IncomingHttpHeaders[];
  /** Body bytes sent so far. */
  sentBytes(): number;
  /** One rudeness per request, in order; correct when they run out. */
  behave(...next: Rudeness[]): void;
  setContent(content: Buffer, etag: string): void;
  close(): Promise<void>;
}

/** A file server on 127.0.0.1 with bad manners on request. */
export async function startRudeServer(initial: Buffer): Promise<RudeServer> {
  let content = initial;
  let etag = '"first"';
  let next: Rudeness[] = [];
  let sent = 0;
  const requests: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request.headers);
    const write = response.write.bind(response);
    response.write = ((chunk: Buffer, ...rest: never[]) => {
      sent += chunk.length;
      return write(chunk, ...rest);
    }) as typeof response.write;
    const rude = next.shift() ?? null;
    if (rude !== null) rude(request, response, content);
    else serve(request, response, content, etag);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.gguf`,
    requests,
    sentBytes: () => sent,
    behave: (...list) => (next = list),
    setContent: (changed, tag) => ((content = changed), (etag = tag)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A correct answer, with Range and If-Range. */
function serve(request: http.IncomingMessage, response: http.ServerResponse, content: Buffer, etag = '"first"'): void {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const condition = request.headers['if-range'];
  const from = range !== null && (condition === undefined || condition === etag) ? Number(range[1]) : 0;
  const body = content.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': body.length,
    etag,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
  });
  response.write(body);
  response.end();
}

/** Serves correctly and ends the connection after `bytes` of the body. (A reset would also take bytes back that were on their way.) */
export function cutAfter(bytes: number): Rudeness {
  return (request, response, content) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const headers = { 'content-length': content.length - from, etag: '"first"' };
    response.writeHead(
      from > 0 ? 206 : 200,
      from > 0 ? { ...headers, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : headers,
    );
    response.write(content.subarray(from, from + bytes), () => response.socket?.end());
  };
}
