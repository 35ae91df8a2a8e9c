import type { EventName, Events } from '../shared/events.ts';

/** Announces one event to every connection. Services call it after the change is stored. */
export type Emit = <K extends EventName>(name: K, payload: Events[K]) => void;
