import { ipcMain, type IpcMainEvent, MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { Port } from '../shared/rpc.ts';
import { isAppUrl } from './appScheme.ts';
import { connectChannel, portChannel } from '../shared/desktopChannels.ts';

export interface IpcTransportOptions {
  /** The WebContents of the app's own window, or null while there is none. */
  readonly page: () => WebContents | null;
  /** Serves a connection until its port closes. */
  readonly serve: (port: Port) => void;
}

/**
 * Hands a port to the page when its preload asks. A page has one live connection: asking again ends the one before, and so does every
 * reload. Anyone else who asks gets no answer.
 * @returns ends listening and every connection
 */
export function createIpcTransport({ page, serve }: IpcTransportOptions): { close(): void } {
  let current: Port | null = null;
  const connect = (event: IpcMainEvent): void => {
    const frame = trustedFrame(event, page());
    if (frame === null) return;
    current?.close();
    const { port1, port2 } = new MessageChannelMain();
    const port = wrapMessagePort(port1);
    current = port;
    port.onClose(() => {
      if (current === port) current = null;
    });
    serve(port);
    frame.postMessage(portChannel, null, [port2]);
  };
  ipcMain.on(connectChannel, connect);
  return {
    close: () => {
      ipcMain.off(connectChannel, connect);
      current?.close();
    },
  };
}

/** The asking frame, if it is the main frame of our own window and shows our own page. It is null after a navigation, which is a refusal. */
function trustedFrame(event: IpcMainEvent, page: WebContents | null): IpcMainEvent['senderFrame'] {
  const { sender, senderFrame } = event;
  if (page === null || sender !== page || senderFrame === null) return null;
  if (senderFrame !== page.mainFrame || senderFrame.parent !== null) return null;
  return isAppUrl(senderFrame.url) ? senderFrame : null;
}

function wrapMessagePort(channel: MessagePortMain): Port {
  const closes = new Set<() => void>();
  let closed = false;
  const ended = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of [...closes]) listener();
  };
  channel.on('close', ended);
  const port: Port = {
    send: (message) => {
      if (!closed) channel.postMessage(message);
    },
    onMessage: (listener) => {
      const receive = (event: { readonly data: unknown }): void => listener(event.data);
      channel.on('message', receive);
      return () => channel.off('message', receive);
    },
    onClose: (listener) => {
      closes.add(listener);
      return () => closes.delete(listener);
    },
    close: () => {
      channel.close();
      ended();
    },
  };
  channel.start();
  return port;
}
