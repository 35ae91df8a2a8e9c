/**
 * What the supervisor and the child's port say to each other beneath the wire. They never reach the listeners of either end.
 * The keys are unlike any WireMessage, which all have `kind`.
 */
export type ChildMessage =
  /** Asks whether the child's event loop still turns. */
  | { readonly child: 'ping' }
  /** It does; `cpuMs` is the processor time that the process has used so far, in milliseconds, of all its threads. */
  | { readonly child: 'pong'; readonly cpuMs: number }
  /** Asks the child to let go of what it holds and end by itself. */
  | { readonly child: 'stop' };

/** The message, when it is one of ours. */
export function asChildMessage(message: unknown): ChildMessage | null {
  return typeof message === 'object' && message !== null && 'child' in message ? (message as ChildMessage) : null;
}
