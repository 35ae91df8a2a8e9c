import { type FacetError, facetError } from '../shared/errors.ts';
import type { Port, Unsubscribe } from '../shared/rpc.ts';
import { asChildMessage } from './childMessages.ts';
import type { Child, ChildExit, ChildStarter } from './childStarter.ts';
import { describeExit } from './describeExit.ts';
import { type Beat, startHeartbeat } from './heartbeat.ts';
import { type RestartBudget, createDeathCount, defaultRestartBudget } from './restartBudget.ts';

/** How long a child may take to end when it is asked to, before it is killed, in milliseconds. */
const drainMs = 2_500;

/** An end that nobody asked for. */
export interface ChildDeath extends ChildExit {
  /** One plain clause, with the assert text when there was one. */
  readonly reason: string;
}

export interface SupervisorOptions {
  readonly name: 'engine' | 'reader';
  readonly starter: ChildStarter;
  readonly restartBudget?: RestartBudget;
  /** Whether a child that says nothing for 20 s is ended; where it is not, `onBeat` tells enough to decide. True when absent. */
  readonly endsHung?: boolean;
  /** For tests: another time between two beats, in milliseconds. */
  readonly beatMs?: number;
}

export interface Supervisor {
  readonly name: 'engine' | 'reader';
  /**
   * The port to the living child. Starts one when there is none: at once, or after the budget's delay when one died lately (what is sent meanwhile
   * waits). The same port until that child ends; its close listeners then run once.
   * @throws FacetError engineStopped or readerStopped when the restart budget is spent or the supervisor was stopped.
   */
  port(): Port;
  /** Process id of the living child; null when there is none. */
  pid(): number | null;
  /** Called for each end that nobody asked for, after the port's close listeners. */
  onExit(listener: (death: ChildDeath) => void): Unsubscribe;
  /** Called every two seconds while a child lives. */
  onBeat(listener: (beat: Beat) => void): Unsubscribe;
  /** Kills the child, as a death that counts; for a child that no longer does what it is told. */
  kill(reason: string): void;
  /** Asks the child to end, kills it when it does not within `patienceMs` (2.5 s by itself), and starts none after. Called again it can hasten the end. */
  stop(patienceMs?: number): Promise<void>;
}

interface Life {
  readonly port: Port;
  child: Child | null;
  /** Set when we killed it, and why. */
  killReason: string | null;
  end(): void;
  start(): void;
}

export function createSupervisor({
  name,
  starter,
  restartBudget = defaultRestartBudget,
  endsHung = true,
  beatMs,
}: SupervisorOptions): Supervisor {
  const deaths = createDeathCount(restartBudget);
  const beatListeners = new Set<(beat: Beat) => void>();
  const listeners = new Set<(death: ChildDeath) => void>();
  let life: Life | null = null;
  /** The last one, while it is asked to end. */
  let ending: Life | null = null;
  let stopped = false;
  let lastReason = '';

  const unavailable = (reason: string): FacetError =>
    name === 'engine' ? facetError('engineStopped', { reason }) : facetError('readerStopped', { file: '', reason });

  const begin = (delay: number): Life => {
    const next = createLife(() => starter.start(name), {
      endsHung,
      beatMs,
      beat: (beat) => {
        for (const listener of [...beatListeners]) listener(beat);
      },
      exited: (exit) => {
        if (life === next) life = null;
        if (stopped) return;
        lastReason = next.killReason ?? describeExit(exit);
        deaths.add(Date.now());
        for (const listener of [...listeners]) listener({ ...exit, reason: lastReason });
      },
    });
    if (delay === 0) next.start();
    else setTimeout(() => next.start(), delay);
    return next;
  };

  return {
    name,
    port: () => {
      if (stopped) throw unavailable('Facet is closing');
      if (life === null) {
        const delay = deaths.delay(Date.now());
        if (delay === null) throw unavailable(`it died too often in a short time; the last time ${lastReason}`);
        life = begin(delay);
      }
      return life.port;
    },
    pid: () => life?.child?.pid ?? null,
    onExit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBeat: (listener) => {
      beatListeners.add(listener);
      return () => beatListeners.delete(listener);
    },
    kill: (reason) => {
      const child = life?.child ?? null;
      if (life === null || child === null) return;
      life.killReason = reason;
      child.kill();
    },
    stop: async (patienceMs = drainMs) => {
      stopped = true;
      ending = life ?? ending;
      life = null;
      if (ending !== null) await drain(ending, patienceMs);
    },
  };
}

interface LifeOptions {
  readonly endsHung: boolean;
  readonly beatMs: number | undefined;
  readonly beat: (beat: Beat) => void;
  readonly exited: (exit: ChildExit) => void;
}

/** One child from start to end, behind a port that exists before the child does. */
function createLife(startChild: () => Child, { endsHung, beatMs, beat, exited }: LifeOptions): Life {
  const messages = new Set<(message: unknown) => void>();
  const closes = new Set<() => void>();
  const waiting: unknown[] = [];
  let ended = false;

  const life: Life = {
    child: null,
    killReason: null,
    port: {
      send: (message) => {
        if (life.child === null) waiting.push(message);
        else life.child.port.send(message);
      },
      onMessage: (listener) => {
        messages.add(listener);
        return () => messages.delete(listener);
      },
      onClose: (listener) => {
        closes.add(listener);
        return () => closes.delete(listener);
      },
      close: () => life.child?.port.close(),
    },
    end: () => {
      if (ended) return;
      ended = true;
      for (const listener of [...closes]) listener();
    },
    start: () => {
      if (ended) return;
      const child = startChild();
      life.child = child;
      const giveUp = (reason: string): void => {
        life.killReason = reason;
        child.kill();
      };
      const heartbeat = startHeartbeat({
        ping: () => child.port.send({ child: 'ping' }),
        beat,
        hung: endsHung ? giveUp : null,
        ...(beatMs === undefined ? {} : { everyMs: beatMs }),
      });
      child.port.onMessage((raw) => {
        const message = asChildMessage(raw);
        heartbeat.heard(message?.child === 'pong' ? message.cpuMs : undefined);
        if (message === null) for (const listener of [...messages]) listener(raw);
      });
      child.onExit((exit) => {
        heartbeat.stop();
        life.end();
        exited(exit);
      });
      for (const message of waiting.splice(0)) child.port.send(message);
    },
  };
  return life;
}

async function drain(life: Life, patienceMs: number): Promise<void> {
  const { child } = life;
  if (child === null) {
    life.end();
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill(), patienceMs);
    child.onExit(() => {
      clearTimeout(timer);
      resolve();
    });
    child.port.send({ child: 'stop' });
  });
}
