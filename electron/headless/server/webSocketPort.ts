import { type RawData, WebSocket } from 'ws';
import type { Port } from '../../shared/rpc.ts';

/** A peer that reads this little of what waits for it is gone or hostile; it is dropped, and on return it asks for a snapshot. */
const mostWaitingBytes = 32 * 1024 * 1024;

/** A Port of JSON messages over one WebSocket. Text that is no JSON, and binary frames, close it. */
export function createWebSocketPort(socket: WebSocket): Port {
  const messages = new Set<(message: unknown) => void>();
  const closes = new Set<() => void>();
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parseJson(textOf(data));
    if (message === undefined) socket.close(1003, 'JSON text only');
    else for (const listener of [...messages]) listener(message);
  });
  socket.once('close', () => {
    for (const listener of [...closes]) listener();
    messages.clear();
    closes.clear();
  });
  // A broken frame or a reset peer: `close` follows and says all there is to say.
  socket.on('error', () => undefined);
  return {
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > mostWaitingBytes) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      messages.add(listener);
      return () => messages.delete(listener);
    },
    onClose(listener) {
      closes.add(listener);
      return () => closes.delete(listener);
    },
    close: () => socket.close(1000),
  };
}

function textOf(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
