import { WebSocket } from 'ws';
import { createWebSocketPort } from '../../electron/headless/server/webSocketPort.ts';
import type { Port } from '../../electron/shared/rpc.ts';

/** The wire of a page that was opened with this one-time link, as a browser opens it. */
export async function openPageWire(link: string): Promise<Port> {
  const { origin, host } = new URL(link);
  const signedIn = await fetch(link, { redirect: 'manual' });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}/wire`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return createWebSocketPort(socket);
}
