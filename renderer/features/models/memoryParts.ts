import type { ModelMemory } from '../../../electron/shared/models.ts';

export interface MemoryPart {
  readonly name: string;
  readonly bytes: number;
  /** Of the whole, 0..1. */
  readonly share: number;
}

/** Measured memory of a loaded model by part, in words for people; empty parts are left out. */
export function memoryParts(memory: ModelMemory): readonly MemoryPart[] {
  const total = memoryTotal(memory);
  return [
    { name: 'Model', bytes: memory.weights },
    { name: 'Conversation', bytes: memory.kv },
    { name: 'Working space', bytes: memory.compute },
    { name: 'Pictures', bytes: memory.vision },
  ]
    .filter(({ bytes }) => bytes > 0)
    .map(({ name, bytes }) => ({ name, bytes, share: bytes / total }));
}

/** Bytes of all parts. */
export function memoryTotal({ weights, kv, compute, vision }: ModelMemory): number {
  return weights + kv + compute + vision;
}
