import type { Requests } from '../shared/contract.ts';
import type { Events } from '../shared/events.ts';
import { type Port, type RequestHandlers, type RpcServer, serveRpc } from '../shared/rpc.ts';
import { checkParams } from '../shared/validation.ts';
import type { Services } from './createServices.ts';

/**
 * Serves one connection: every request, and every event from now on. A snapshot names the newest event that this connection was sent, so that its
 * reader knows which of the following are news.
 */
export function serveConnection(services: Pick<Services, 'handlers' | 'onEvent' | 'snapshot'>, port: Port): RpcServer<Events> {
  const handlers: RequestHandlers<Requests> = {
    ...services.handlers,
    // In one turn, so that no event falls between the state and its number.
    'app.snapshot': () => ({ sequence: server.sequence(), state: services.snapshot() }),
  };
  const server: RpcServer<Events> = serveRpc<Requests, Events>(port, handlers, checkParams);
  const stop = services.onEvent((event) => server.emit(event.name, event.payload));
  port.onClose(stop);
  return {
    ...server,
    close: () => {
      stop();
      server.close();
    },
  };
}
