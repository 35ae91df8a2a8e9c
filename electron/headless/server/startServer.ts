import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { facetError } from '../../shared/errors.ts';
import type { Port } from '../../shared/rpc.ts';
import { createPageResponder } from './pageResponder.ts';
import { judgeRequest } from './requestGuard.ts';
import { createSessions } from './sessions.ts';
import type { StaticFile } from './staticFiles.ts';
import { createWebSocketPort } from './webSocketPort.ts';

/** The only address ever listened on. */
const loopback = '127.0.0.1';
/** A question can carry a long paste; files come in pieces of 256 KiB. */
const largestMessageBytes = 8 * 1024 * 1024;
const mostSockets = 128;
const mostWires = 16;
const heartbeatMs = 30_000;

export interface HeadlessServer {
  readonly port: number;
  /** A fresh one-time link. */
  createLink(): string;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves the user interface and its wire on 127.0.0.1, and nowhere else.
 * @param options.port 0 takes a free one
 * @param options.connect called with each authenticated wire
 * @throws FacetError networkFailed when the port is taken or may not be used
 */
export async function startServer(options: {
  readonly port: number;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly connect: (port: Port) => void;
}): Promise<HeadlessServer> {
  const server = createServer({
    // The guard answers a missing Host itself, as it does a wrong one.
    requireHostHeader: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 2_000,
  });
  server.maxConnections = mostSockets;
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const sessions = createSessions(port);
  const wires = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes, perMessageDeflate: false });
  server.on('request', createPageResponder({ port, sessions, files: options.files }));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = judgeUpgrade(request, port, (cookie) => sessions.accepts(cookie), wires.clients.size);
    if (refusal !== null) socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else wires.handleUpgrade(request, socket, head, (webSocket) => wires.emit('connection', webSocket, request));
  });
  const heartbeat = startHeartbeat(wires);
  wires.on('connection', (webSocket) => options.connect(createWebSocketPort(webSocket)));
  return {
    port,
    createLink: () => `http://${loopback}:${port}/?token=${sessions.createLinkToken()}`,
    async close() {
      clearInterval(heartbeat);
      for (const client of wires.clients) client.close(1001, 'Facet is closing');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => {
        for (const client of wires.clients) client.terminate();
        server.closeAllConnections();
      }, 1_000);
      await closed;
      clearTimeout(impatience);
      wires.close();
    },
  };
}

function judgeUpgrade(
  request: IncomingMessage,
  port: number,
  accepts: (cookie: string | undefined) => boolean,
  wires: number,
): number | null {
  const target = request.url ?? '';
  const refusal = judgeRequest({ method: request.method ?? '', target, rawHeaders: request.rawHeaders }, 'wire', port);
  if (refusal !== null) return refusal.status;
  if (target !== '/wire') return 404;
  if (!accepts(request.headers.cookie)) return 401;
  return wires < mostWires ? null : 503;
}

/** Peers that vanished without a word are noticed by their silence. */
function startHeartbeat(wires: WebSocketServer): NodeJS.Timeout {
  const answered = new WeakSet<object>();
  wires.on('connection', (client) => answered.add(client));
  const beat = setInterval(() => {
    for (const client of wires.clients) {
      if (!answered.delete(client)) {
        client.terminate();
        continue;
      }
      client.once('pong', () => answered.add(client));
      client.ping();
    }
  }, heartbeatMs);
  return beat.unref();
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const reason = taken
        ? `port ${port} is taken by another program; choose another, or leave it out for a free one`
        : `port ${port} cannot be used (${error.code ?? error.message})`;
      reject(facetError('networkFailed', { host: loopback, reason }, error));
    });
    server.listen({ host: loopback, port, exclusive: true }, () => resolve());
  });
}
