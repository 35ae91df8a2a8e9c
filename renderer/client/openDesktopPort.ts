import type { Port } from '../../electron/shared/rpc.ts';
import type { OpenPort } from './openPort.ts';

/** What the preload puts on `window.facet`, and nothing else. */
export interface DesktopBridge {
  /** Asks for a connection; its MessagePort arrives as a message of this window to itself. */
  connect(): void;
  /** Path of a dropped or picked file; empty when it has none (a pasted picture). */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly facet?: DesktopBridge;
  }
}

/** Longest wait for the preload to hand over the port, in milliseconds. */
const handOverLimit = 10_000;

/** A port over the MessagePort that the preload hands over. */
export function createDesktopOpener(bridge: DesktopBridge): OpenPort {
  return () =>
    new Promise<Port>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        window.removeEventListener('message', receive);
      };
      const receive = (event: MessageEvent<unknown>): void => {
        const port = event.ports[0];
        if (event.source !== window || port === undefined) return;
        stop();
        resolve(createChannelPort(port));
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error('The desktop host gave no connection.'));
      }, handOverLimit);
      window.addEventListener('message', receive);
      bridge.connect();
    });
}

function createChannelPort(channel: MessagePort): Port {
  const closeListeners = new Set<() => void>();
  let closed = false;
  const ended = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of [...closeListeners]) listener();
  };
  channel.addEventListener('close', ended);
  channel.start();
  return {
    send: (message) => channel.postMessage(message),
    onMessage(listener) {
      const receive = (event: MessageEvent<unknown>): void => listener(event.data);
      channel.addEventListener('message', receive);
      return () => channel.removeEventListener('message', receive);
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    close() {
      channel.close();
      ended();
    },
  };
}
