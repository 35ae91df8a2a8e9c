/** Lets one thing run at a time, in the order in which they came. */
export interface DownloadQueue {
  /** Resolves when it is this one's turn, with what ends the turn. @throws AbortError */
  take(id: string, signal: AbortSignal): Promise<() => void>;
  /** Whether the next one need not wait. */
  isFree(): boolean;
  /** How many are before it; 0 for one that runs or is not here. */
  before(id: string): number;
}

export function createDownloadQueue(): DownloadQueue {
  const order: { readonly id: string; readonly start: () => void }[] = [];
  const leave = (id: string): void => {
    const index = order.findIndex((one) => one.id === id);
    if (index < 0) return;
    order.splice(index, 1);
    if (index === 0) order[0]?.start();
  };
  return {
    take: (id, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const refuse = (): void => {
          leave(id);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', refuse, { once: true });
        const start = (): void => {
          signal.removeEventListener('abort', refuse);
          resolve(() => leave(id));
        };
        order.push({ id, start });
        if (order.length === 1) start();
      }),
    isFree: () => order.length === 0,
    before: (id) =>
      Math.max(
        0,
        order.findIndex((one) => one.id === id),
      ),
  };
}
