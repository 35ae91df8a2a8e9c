import { vi } from 'vitest';

/** Waits until `check` no longer throws: half a minute at most, since a busy machine must not fail a test that only waits. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 30_000 });
