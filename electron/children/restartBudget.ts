/** How often a child may be started again after it died. */
export interface RestartBudget {
  /** Restarts allowed inside the window. */
  readonly count: number;
  /** Milliseconds after which a death is forgotten. */
  readonly windowMs: number;
  /** Milliseconds before the first restart; doubled for each further death inside the window. */
  readonly delayMs: number;
}

export const defaultRestartBudget: RestartBudget = { count: 4, windowMs: 120_000, delayMs: 250 };

/** Deaths of one child, and what they allow. */
export interface DeathCount {
  /** Notes a death at time `now`. */
  add(now: number): void;
  /** Milliseconds to wait before the next start; null when the budget is spent. */
  delay(now: number): number | null;
}

export function createDeathCount({ count, windowMs, delayMs }: RestartBudget): DeathCount {
  let deaths: readonly number[] = [];
  const recent = (now: number): readonly number[] => (deaths = deaths.filter((time) => now - time < windowMs));
  return {
    add: (now) => {
      deaths = [...recent(now), now];
    },
    delay: (now) => {
      const { length } = recent(now);
      if (length > count) return null;
      return length === 0 ? 0 : delayMs * 2 ** (length - 1);
    },
  };
}
