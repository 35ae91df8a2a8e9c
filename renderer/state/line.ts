/** Runs at most `most` pieces of work at a time, the others in the order in which they came. */
export function createLine(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on, not given up: nobody can slip in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
