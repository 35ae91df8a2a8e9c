import type { Port } from '../../electron/shared/rpc.ts';
import type { OpenPort } from './openPort.ts';

/** A port over a WebSocket that carries JSON. `url` is absolute (`ws://127.0.0.1:…/wire`). */
export function createWebSocketOpener(url: string): OpenPort {
  return () =>
    new Promise<Port>((resolve, reject) => {
      const socket = new WebSocket(url);
      const refuse = (): void => reject(new Error(`No connection to ${url}`));
      socket.addEventListener('close', refuse, { once: true });
      socket.addEventListener(
        'open',
        () => {
          socket.removeEventListener('close', refuse);
          resolve(createSocketPort(socket));
        },
        { once: true },
      );
    });
}

/** The address of the wire on the page's own origin. */
export function wireUrl(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/wire`;
}

function createSocketPort(socket: WebSocket): Port {
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      const receive = (event: MessageEvent<unknown>): void => {
        if (typeof event.data === 'string') listener(JSON.parse(event.data) as unknown);
      };
      socket.addEventListener('message', receive);
      return () => socket.removeEventListener('message', receive);
    },
    onClose(listener) {
      const ended = (): void => listener();
      socket.addEventListener('close', ended, { once: true });
      return () => socket.removeEventListener('close', ended);
    },
    close: () => socket.close(),
  };
}
