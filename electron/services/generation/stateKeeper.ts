import { setTimeout as delay } from 'node:timers/promises';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { Settings } from '../../shared/settings.ts';
import type { KeptStateFiles } from '../states/keptStates.ts';

/** How long nothing must have happened before a state is written, in milliseconds. */
const defaultIdleMs = 800;
const gibibyte = 1024 ** 3;

/** Has conversations' states written in idle time and before the end, so that a later process need not read them again. */
export interface StateKeeper {
  /** An answer of this conversation came to its end. */
  answered(conversationId: string): void;
  /** Stops writing; what was there before stays, and it is tried again after the next answer. */
  makeWay(): void;
  /** Deletes what is kept of a conversation that was removed. */
  forget(conversationId: string): Promise<void>;
  /** Writes what is still to be written, while the engine lives. */
  close(): Promise<void>;
}

export interface StateKeeperOptions {
  readonly engine: EngineClient;
  readonly files: Pick<KeptStateFiles, 'forget'>;
  readonly settings: () => Settings;
  /** False for conversations that must leave nothing on the disk. */
  readonly mayKeep: (conversationId: string) => boolean;
  readonly idleMs?: number;
}

export function createStateKeeper({ engine, files, settings, mayKeep, idleMs = defaultIdleMs }: StateKeeperOptions): StateKeeper {
  /** Conversations whose newest state is not on disk yet. */
  const waiting = new Set<string>();
  let controller = new AbortController();
  let writing: Promise<void> = Promise.resolve();

  const write = async (signal: AbortSignal): Promise<void> => {
    for (const owner of [...waiting]) {
      const mostBytes = settings().stateGigabytes * gibibyte;
      if (mayKeep(owner) && mostBytes > 0) await engine.request('state.save', { owner, mostBytes }, signal);
      waiting.delete(owner);
    }
  };
  const makeWay = (): void => {
    controller.abort();
    controller = new AbortController();
  };
  /** It is only ever a shortcut: what goes wrong is told in the engine's log, and the next process reads again. */
  const begin = (pause: number, signal: AbortSignal): void => {
    writing = writing
      .then(() => (pause === 0 ? undefined : delay(pause, undefined, { signal, ref: false })))
      .then(() => write(signal))
      .catch(() => undefined);
  };
  return {
    makeWay,
    answered: (conversationId) => {
      waiting.add(conversationId);
      makeWay();
      begin(idleMs, controller.signal);
    },
    forget: async (conversationId) => {
      waiting.delete(conversationId);
      await files.forget(conversationId);
    },
    close: async () => {
      makeWay();
      if (waiting.size > 0) begin(0, controller.signal);
      await writing;
    },
  };
}
