import type { EngineClient } from '../../electron/engine/engineClient.ts';
import type { RunParams, RunResult } from '../../electron/engine/engineContract.ts';

/** Runs, cancels `delayMs` after the first event of that name, and says how many milliseconds the end took from then. */
export async function cancelRun(
  engine: Pick<EngineClient, 'on' | 'request'>,
  event: 'generation.prefilled' | 'generation.wrote',
  delayMs: number,
  params: RunParams,
): Promise<{ readonly result: RunResult; readonly tookMs: number }> {
  // Leaves none of the prompt's state, so that there is something to read.
  await engine.request('generation.run', { ...params, parts: [{ kind: 'text', text: 'Another prompt.' }], maxTokens: 1 });
  const controller = new AbortController();
  let cancelledAt = 0;
  const stop = engine.on(event, () => {
    setTimeout(() => {
      if (cancelledAt === 0) cancelledAt = performance.now();
      controller.abort();
    }, delayMs);
  });
  const result = await engine.request('generation.run', params, controller.signal);
  const tookMs = performance.now() - cancelledAt;
  stop();
  return { result, tookMs };
}
