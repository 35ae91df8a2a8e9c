import type { RequestName, Requests } from '../../electron/shared/contract.ts';
import type { Events } from '../../electron/shared/events.ts';
import { FacetError, facetError } from '../../electron/shared/errors.ts';
import { type Port, type RequestHandlers, serveRpc } from '../../electron/shared/rpc.ts';
import { checkParams } from '../../electron/shared/validation.ts';
import { exampleCalls, exampleErrors } from './exampleValues.ts';

/** Opening this conversation fails with the error of the number after it. */
export const failingId = 'fails-with-';
/** Loading this model lasts until it is cancelled. */
export const endlessModel = 'endless';
/** How many events unloading the model sends before it answers. */
export const eventCount = 300;

/** Serves the whole contract with fixed answers, over any port. Used in this process and in a child. */
export function serveExample(port: Port): void {
  const answers = Object.fromEntries(
    Object.entries(exampleCalls).map(([name, call]) => [name, () => call.result]),
  ) as unknown as RequestHandlers<Requests>;
  const handlers: RequestHandlers<Requests> = {
    ...answers,
    'conversation.open': ({ id }) => {
      const error = id.startsWith(failingId) ? exampleErrors[Number(id.slice(failingId.length))] : undefined;
      if (error !== undefined) throw new FacetError(error);
      return exampleCalls['conversation.open'].result;
    },
    'model.load': ({ id }, signal) =>
      id === endlessModel
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(facetError('cancelled', {})), { once: true }))
        : exampleCalls['model.load'].result,
    'model.unload': () => {
      for (let index = 0; index < eventCount; index += 1) {
        server.emit('message.appended', { conversationId: 'c1', messageId: 'm2', text: `${index} ` });
      }
      return {};
    },
    // What only a bug throws.
    'conversation.restore': () => {
      throw new TypeError('x is not a function');
    },
  };
  const server = serveRpc<Requests, Events>(port, handlers, checkParams);
}

/** Requests that answer with their example. */
export const plainRequests = (Object.keys(exampleCalls) as RequestName[]).filter((name) => name !== 'conversation.restore');
