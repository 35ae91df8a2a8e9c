import type { EngineClient } from '../engine/engineClient.ts';
import type { AppDescription } from '../shared/contract.ts';

/** How long describing the app waits for the engine's version, in milliseconds. */
const describeMs = 1_000;

/** What is known of this Facet; the engine's version is left empty where it takes too long to say it. */
export async function describeApp(
  known: Omit<AppDescription, 'platform' | 'llamaVersion'>,
  engine: Pick<EngineClient, 'request'>,
): Promise<AppDescription> {
  const version = engine.request('engine.describe', {}).then(({ llamaVersion }) => llamaVersion);
  return { ...known, platform: process.platform, llamaVersion: await within(describeMs, version, '') };
}

/** The promise's value, or `otherwise` when it takes longer or fails. */
async function within<T>(ms: number, promise: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([promise.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}
