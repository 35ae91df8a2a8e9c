import { type ErrorData, FacetError, facetError, toErrorData } from './errors.ts';

/** Ends a subscription. Calling it twice is harmless. */
export type Unsubscribe = () => void;

/**
 * One end of a message channel: a MessagePort, a WebSocket, a child's IPC, or a pair in memory.
 * Messages are plain data (on the JSON wires: JSON values only; to the children: typed arrays too).
 */
export interface Port {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Unsubscribe;
  /** Called once, when the other end is gone. */
  onClose(listener: () => void): Unsubscribe;
  close(): void;
}

/** Requests by name. Params and results are plain data. */
export type RequestMap = Record<string, { params: object; result: unknown }>;
/** Events by name; past tense. */
export type EventMap = Record<string, object>;

/** What travels on a port. `sequence` counts the events of one connection from 1, so that a gap is seen. */
export type WireMessage =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorData }
  | { readonly kind: 'event'; readonly sequence: number; readonly name: string; readonly payload: unknown };

/** One handler per request; `signal` aborts when the caller cancels or goes away. */
export type RequestHandlers<R extends RequestMap> = {
  readonly [K in keyof R]: (params: R[K]['params'], signal: AbortSignal) => Promise<R[K]['result']> | R[K]['result'];
};

/** Checks params at the edge and returns them typed. @throws FacetError invalidRequest */
export type ParamsCheck<R extends RequestMap> = <K extends keyof R & string>(name: K, params: unknown) => R[K]['params'];

export interface RpcClient<R extends RequestMap, E extends EventMap> {
  /** Rejects with FacetError: the server's error, `cancelled` after the signal, `engineStopped`-like errors by `onLost`. */
  request<K extends keyof R & string>(name: K, params: R[K]['params'], signal?: AbortSignal): Promise<R[K]['result']>;
  on<K extends keyof E & string>(name: K, listener: (payload: E[K], sequence: number) => void): Unsubscribe;
  /** Every event, in order. */
  onAny(listener: (event: NamedEvent<E>, sequence: number) => void): Unsubscribe;
  close(): void;
}

/** An event with its name, as a union that narrows by `name`. */
export type NamedEvent<E extends EventMap> = { [K in keyof E & string]: { readonly name: K; readonly payload: E[K] } }[keyof E & string];

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The calling end of a port. `lost` makes the error that open requests get when the other end is gone. */
export function createRpcClient<R extends RequestMap, E extends EventMap>(
  port: Port,
  lost: () => FacetError = () => facetError('internal', { message: 'The connection was closed.' }),
): RpcClient<R, E> {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: NamedEvent<E>, sequence: number) => void>();
  let nextId = 1;
  let closed = false;

  const settle = (id: number, act: (entry: Pending) => void): void => {
    const entry = pending.get(id);
    if (entry === undefined) return;
    pending.delete(id);
    act(entry);
  };
  port.onMessage((raw) => {
    const message = raw as WireMessage;
    if (message.kind === 'result') settle(message.id, (entry) => entry.resolve(message.value));
    else if (message.kind === 'error') settle(message.id, (entry) => entry.reject(new FacetError(message.error)));
    else if (message.kind === 'event') {
      const event = { name: message.name, payload: message.payload } as NamedEvent<E>;
      for (const listener of [...listeners]) listener(event, message.sequence);
    }
  });
  port.onClose(() => {
    closed = true;
    for (const id of [...pending.keys()]) settle(id, (entry) => entry.reject(lost()));
  });

  const onAny = (listener: (event: NamedEvent<E>, sequence: number) => void): Unsubscribe => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    request(name, params, signal) {
      if (closed) return Promise.reject(lost());
      if (signal?.aborted === true) return Promise.reject(facetError('cancelled', {}));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const cancel = (): void => port.send({ kind: 'cancel', id } satisfies WireMessage);
        const done = (): void => signal?.removeEventListener('abort', cancel);
        pending.set(id, {
          resolve(value) {
            done();
            resolve(value);
          },
          reject(error) {
            done();
            reject(error);
          },
        });
        signal?.addEventListener('abort', cancel, { once: true });
        try {
          port.send({ kind: 'request', id, name, params } satisfies WireMessage);
        } catch (error) {
          // Something in it cannot be copied: it will never be answered.
          settle(id, (entry) => entry.reject(error as Error));
        }
      });
    },
    on: (name, listener) =>
      onAny((event, sequence) => {
        if (event.name === name) listener(event.payload as never, sequence);
      }),
    onAny,
    close: () => port.close(),
  };
}

export interface RpcServer<E extends EventMap> {
  emit<K extends keyof E & string>(name: K, payload: E[K]): void;
  /** The number of the newest event sent on this connection; 0 before the first. */
  sequence(): number;
  close(): void;
}

/** The answering end of a port. Unknown names and bad params are answered with `invalidRequest`; nothing throws out of it. */
export function serveRpc<R extends RequestMap, E extends EventMap>(
  port: Port,
  handlers: RequestHandlers<R>,
  check: ParamsCheck<R>,
): RpcServer<E> {
  const running = new Map<number, AbortController>();
  let sequence = 0;
  let closed = false;
  const send = (message: WireMessage): void => {
    if (!closed) port.send(message);
  };

  const answer = async (id: number, name: string, params: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(handlers, name)) throw facetError('invalidRequest', { field: 'name', reason: `no request is called "${name}"` });
      const checked = check(name as keyof R & string, params);
      const value = await handlers[name as keyof R](checked, controller.signal);
      send({ kind: 'result', id, value });
    } catch (error) {
      send({ kind: 'error', id, error: toErrorData(error) });
    } finally {
      running.delete(id);
    }
  };
  port.onMessage((raw) => {
    const message = parseClientMessage(raw);
    if (message === null) return;
    if (message.kind === 'request') void answer(message.id, message.name, message.params);
    else running.get(message.id)?.abort();
  });
  port.onClose(() => {
    closed = true;
    for (const controller of running.values()) controller.abort();
  });
  return {
    emit: (name, payload) => send({ kind: 'event', sequence: ++sequence, name, payload }),
    sequence: () => sequence,
    close: () => {
      closed = true;
      port.close();
    },
  };
}

/** A client's message, or null for anything malformed: a hostile peer gets no answer and cannot make the server throw. */
function parseClientMessage(raw: unknown): Extract<WireMessage, { kind: 'request' | 'cancel' }> | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const message = raw as Record<string, unknown>;
  if (!Number.isSafeInteger(message['id'])) return null;
  const id = message['id'] as number;
  if (message['kind'] === 'cancel') return { kind: 'cancel', id };
  if (message['kind'] !== 'request' || typeof message['name'] !== 'string') return null;
  return { kind: 'request', id, name: message['name'], params: message['params'] };
}

/** Two ports joined in memory, delivered asynchronously and as structured clones, like a real wire. */
export function createPortPair(): readonly [Port, Port] {
  const ends = [createEnd(), createEnd()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return [ends[0].port, ends[1].port];
}

interface MemoryEnd {
  port: Port;
  peer: MemoryEnd | null;
  messages: Set<(message: unknown) => void>;
  closes: Set<() => void>;
  closed: boolean;
}

function createEnd(): MemoryEnd {
  const end: MemoryEnd = {
    peer: null,
    messages: new Set(),
    closes: new Set(),
    closed: false,
    port: {
      send(message) {
        const { peer } = end;
        if (end.closed || peer === null) return;
        const copy: unknown = structuredClone(message);
        queueMicrotask(() => {
          if (!peer.closed) for (const listener of [...peer.messages]) listener(copy);
        });
      },
      onMessage(listener) {
        end.messages.add(listener);
        return () => end.messages.delete(listener);
      },
      onClose(listener) {
        end.closes.add(listener);
        return () => end.closes.delete(listener);
      },
      close() {
        for (const side of [end, end.peer]) {
          if (side === null || side.closed) continue;
          side.closed = true;
          queueMicrotask(() => {
            for (const listener of [...side.closes]) listener();
          });
        }
      },
    },
  };
  return end;
}
