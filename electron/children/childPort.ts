import type { Port } from '../shared/rpc.ts';
import { asChildMessage } from './childMessages.ts';

/** How long a child may take to end by itself once its parent is gone or has asked it to stop, in milliseconds. */
const endGraceMs = 2_000;

/** The part of Electron's `process.parentPort` that a child needs. */
interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** The two ways a child talks to its parent, made alike. */
interface ParentLink {
  /** `failed` is called when the message does not get there. */
  send(message: unknown, failed: (error: Error) => void): void;
  listen(message: (message: unknown) => void, gone: () => void): void;
  disconnect(): void;
}

/**
 * The child's end of the port to its parent, under `fork` and under `utilityProcess` alike. Answers the supervisor's heartbeat. When the parent
 * dies or asks for the end, the close listeners run and the process ends: by itself, or by force when something keeps it alive for 2 s.
 * @throws Error when the process was not started as a child.
 */
export function connectToParent(): Port {
  const link = parentLink();
  const messages = new Set<(message: unknown) => void>();
  const closes = new Set<() => void>();
  let closed = false;

  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of [...closes]) listener();
    link.disconnect();
    // SIGKILL, not exit: exit handlers of native code can hang while its threads still run.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), endGraceMs).unref();
  };
  const send = (message: unknown): void =>
    link.send(message, (error) => {
      // An answer that is lost would be waited for without end: the parent learns of the end of this process instead.
      process.stderr.write(`error: a message could not be sent to Facet: ${error.message}\n`);
      close();
    });
  link.listen((raw) => {
    const message = asChildMessage(raw);
    if (message === null) {
      for (const listener of [...messages]) listener(raw);
    } else if (message.child === 'ping') send({ child: 'pong', cpuMs: cpuMs() });
    else if (message.child === 'stop') close();
  }, close);
  return {
    send: (message) => {
      if (!closed) send(message);
    },
    onMessage: (listener) => {
      messages.add(listener);
      return () => messages.delete(listener);
    },
    onClose: (listener) => {
      closes.add(listener);
      return () => closes.delete(listener);
    },
    close,
  };
}

/** Processor time of this process so far, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}

function parentLink(): ParentLink {
  const { parentPort } = process as unknown as { readonly parentPort?: UtilityParentPort };
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      listen: (message) => parentPort.on('message', (event) => message(event.data)),
      // The parent port keeps the event loop alive and cannot be closed from here.
      disconnect: () => setImmediate(() => process.exit(0)),
    };
  }
  if (process.send === undefined) throw new Error('This process was not started as a child of Facet.');
  return {
    send: (message, failed) => {
      // Once the parent is gone there is nobody to tell; `disconnect` sees to the end.
      if (!process.connected) return;
      process.send?.(message, undefined, undefined, (error) => {
        if (error !== null && process.connected) failed(error);
      });
    },
    listen: (message, gone) => {
      process.on('message', message);
      process.once('disconnect', gone);
    },
    disconnect: () => {
      if (process.connected) process.disconnect();
    },
  };
}
