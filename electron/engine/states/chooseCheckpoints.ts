import type { CheckpointShape, StateShape } from './stateShape.ts';

/** Checkpoints that are always taken, whatever they weigh: a document's end, and the question's. */
const least = 2;
/** Bytes of checkpoints that are worth their place beside any state: eight of the 270M. */
const freeBytes = 64 * 1024 * 1024;

/**
 * The checkpoints worth keeping on disk, together no heavier than the state itself where that is large: none inside long parts, and of the others
 * those go first whose loss makes a rewind read least. The newest stays.
 */
export function chooseCheckpoints({ checkpoints, stateBytes }: Pick<StateShape, 'checkpoints' | 'stateBytes'>): readonly CheckpointShape[] {
  const kept = checkpoints.filter(({ atBoundary }, index) => atBoundary || index === checkpoints.length - 1);
  let bytes = kept.reduce((sum, checkpoint) => sum + checkpoint.bytes, 0);
  while (bytes > Math.max(stateBytes, freeBytes) && kept.length > least) {
    const victim = leastMissed(kept);
    bytes -= kept[victim]?.bytes ?? 0;
    kept.splice(victim, 1);
  }
  return kept;
}

function leastMissed(checkpoints: readonly CheckpointShape[]): number {
  const losses = checkpoints.slice(0, -1).map(({ position }, index) => ({
    index,
    gap: (checkpoints[index + 1]?.position ?? position) - (checkpoints[index - 1]?.position ?? 0),
  }));
  return losses.reduce((a, b) => (b.gap < a.gap ? b : a)).index;
}
