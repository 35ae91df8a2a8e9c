import type { Events } from '../shared/events.ts';
import type { NamedEvent, Unsubscribe } from '../shared/rpc.ts';
import type { Emit } from './emit.ts';

export interface EventBus {
  readonly emit: Emit;
  onEvent(listener: (event: NamedEvent<Events>) => void): Unsubscribe;
}

/** Hands each event to every listener in order, in the turn in which it is emitted. */
export function createEventBus(): EventBus {
  const listeners = new Set<(event: NamedEvent<Events>) => void>();
  return {
    emit: (name, payload) => {
      const event = { name, payload } as NamedEvent<Events>;
      for (const listener of [...listeners]) listener(event);
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
