import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIdleUnload } from '../../../../electron/services/generation/idleUnload.ts';
import type { EngineState } from '../../../../electron/shared/models.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = 60_000;
const ready = {
  kind: 'ready',
  modelId: 'a',
  contextTokens: 1,
  backend: 'CPU',
  sees: false,
  memory: { weights: 1, kv: 1, compute: 1, vision: 0 },
  loadMs: 1,
} as const;

/** A host that knows only whether a model is there. */
function rig(minutes: number) {
  const facts: { state: EngineState; busy: boolean; minutes: number; unloads: number } = {
    state: { kind: 'idle' },
    busy: false,
    minutes,
    unloads: 0,
  };
  const listeners = new Set<(state: EngineState) => void>();
  const become = (state: EngineState): void => {
    facts.state = state;
    for (const listener of listeners) listener(state);
  };
  const idle = createIdleUnload({
    host: {
      state: () => facts.state,
      unload: (restedMinutes) => {
        facts.unloads += 1;
        become({ kind: 'idle', restedMinutes });
        return Promise.resolve();
      },
      onState: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    isBusy: () => facts.busy,
    minutes: () => facts.minutes,
  });
  return { facts, become, idle };
}

test('unloads after so many minutes without a question, counted from the last one', () => {
  const { facts, become, idle } = rig(5);
  become(ready);
  vi.advanceTimersByTime(4 * minute);
  idle.touch();
  vi.advanceTimersByTime(4.9 * minute);
  expect(facts.unloads).toBe(0);
  vi.advanceTimersByTime(0.2 * minute);
  expect(facts.unloads).toBe(1);
  expect(facts.state).toEqual({ kind: 'idle', restedMinutes: 5 });
  // Nothing is there to be unloaded again, until a question has loaded it.
  vi.advanceTimersByTime(60 * minute);
  expect(facts.unloads).toBe(1);
  become(ready);
  vi.advanceTimersByTime(5 * minute);
  expect(facts.unloads).toBe(2);
});
test('never while it answers, and not at all when the setting says never', () => {
  const { facts, become, idle } = rig(5);
  become(ready);
  facts.busy = true;
  vi.advanceTimersByTime(30 * minute);
  expect(facts.unloads).toBe(0);
  facts.busy = false;
  facts.minutes = 0;
  idle.touch();
  vi.advanceTimersByTime(600 * minute);
  expect(facts.unloads).toBe(0);
  facts.minutes = 60;
  idle.touch();
  idle.close();
  vi.advanceTimersByTime(600 * minute);
  expect(facts.unloads).toBe(0);
});
