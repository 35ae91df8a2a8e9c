import type { EngineState } from '../../shared/models.ts';
import type { Unsubscribe } from '../../shared/rpc.ts';

export interface IdleUnload {
  /** Something was asked or is being done: the time begins anew. Also after the setting changed. */
  touch(): void;
  close(): void;
}

/** Takes the model out of memory when nothing was asked for as long as the setting says. The next question loads it again by itself. */
export function createIdleUnload(parts: {
  readonly host: {
    state(): EngineState;
    unload(restedMinutes: number): Promise<void>;
    onState(listener: (state: EngineState) => void): Unsubscribe;
  };
  readonly isBusy: () => boolean;
  /** 0 for never. */
  readonly minutes: () => number;
}): IdleUnload {
  const { host, isBusy, minutes } = parts;
  let timer: NodeJS.Timeout | undefined;
  const touch = (): void => {
    clearTimeout(timer);
    const wait = minutes();
    if (wait === 0 || host.state().kind !== 'ready') return;
    timer = setTimeout(() => {
      if (isBusy()) return touch();
      // A load that came meanwhile is first; a failed one is the engine's state already.
      host.unload(wait).catch(() => undefined);
    }, wait * 60_000);
    timer.unref();
  };
  const stop = host.onState(touch);
  return {
    touch,
    close: () => {
      clearTimeout(timer);
      stop();
    },
  };
}
