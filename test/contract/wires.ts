import path from 'node:path';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { startServer } from '../../electron/headless/server/startServer.ts';
import { createIpcTransport } from '../../electron/main/ipcTransport.ts';
import { connectChannel } from '../../electron/shared/desktopChannels.ts';
import { createPortPair, type Port } from '../../electron/shared/rpc.ts';
import { createContents, ipcEvents, onlyCall, calls } from '../fakes/electron.ts';
import { serveExample } from './exampleHost.ts';
import { openPageWire } from '../fakes/pageWire.ts';

/** A connection to the example host over one kind of wire. */
export interface Wire {
  readonly port: Port;
  close(): Promise<void>;
}

/** Every wire of Facet, each through the product's own code. */
export const wires: readonly { readonly name: string; open(): Promise<Wire> }[] = [
  { name: 'pair in memory', open: openPair },
  { name: 'WebSocket of the headless host', open: openWebSocket },
  { name: 'child process', open: openChild },
  { name: 'MessagePort of the desktop host', open: openMessagePort },
];

function closed(end: { close(): void }): Promise<void> {
  end.close();
  return Promise.resolve();
}

function openPair(): Promise<Wire> {
  const [near, far] = createPortPair();
  serveExample(far);
  return Promise.resolve({ port: near, close: () => closed(near) });
}

async function openWebSocket(): Promise<Wire> {
  const page = { body: Buffer.from('<title>Facet</title>'), type: 'text/html', immutable: false, tag: '""' };
  const server = await startServer({ port: 0, files: new Map([['/', page]]), connect: serveExample });
  return { port: await openPageWire(server.createLink()), close: () => server.close() };
}

function openChild(): Promise<Wire> {
  const entry = path.join(import.meta.dirname, 'exampleChild.ts');
  const child = createForkStarter({ entries: { engine: entry, reader: entry }, env: {} }).start('engine');
  const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
  return Promise.resolve({
    port: child.port,
    close: () => {
      child.kill();
      return ended;
    },
  });
}

/** The preload's request, and the port that the transport posts to the frame. */
function openMessagePort(): Promise<Wire> {
  calls.length = 0;
  const { contents, mainFrame } = createContents();
  const transport = createIpcTransport({ page: () => contents, serve: serveExample });
  ipcEvents.emit(connectChannel, { sender: contents, senderFrame: mainFrame });
  const [, , ports] = onlyCall('frame.postMessage') as readonly [unknown, unknown, readonly Electron.MessagePortMain[]];
  const channel = ports[0]!;
  const port: Port = {
    send: (message) => channel.postMessage(message),
    onMessage(listener) {
      channel.on('message', (event) => listener(event.data));
      return () => undefined;
    },
    onClose(listener) {
      channel.on('close', listener);
      return () => undefined;
    },
    close: () => channel.close(),
  };
  return Promise.resolve({ port, close: () => closed(transport) });
}
