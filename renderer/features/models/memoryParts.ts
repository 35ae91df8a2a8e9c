import type { MemoryEstimate } from '../../../electron/shared/memoryEstimate.ts';
import type { ModelMemory } from '../../../electron/shared/models.ts';

export interface MemoryPart {
  readonly name: string;
  readonly bytes: number;
  /** Of the whole, 0..1. */
  readonly share: number;
}

/** Measured memory of a loaded model by part, in words for people; empty parts are left out. */
export function memoryParts(memory: ModelMemory): readonly MemoryPart[] {
  return named([
    ['Model', memory.weights],
    ['Conversation', memory.kv],
    ['Working space', memory.compute],
    ['Pictures', memory.vision],
  ]);
}

/** Memory that a model would take, by part. */
export function estimatedParts({ weights, kvGlobal, kvWindow, compute, vision, vocabulary, kept }: MemoryEstimate): readonly MemoryPart[] {
  return named([
    ['Model', weights],
    ['Conversation, all of it', kvGlobal],
    ['Conversation, last part', kvWindow],
    ['Working space', compute + vocabulary],
    ['Pictures', vision],
    ['Kept for going back', kept],
  ]);
}

/** Bytes of all parts. */
export function memoryTotal({ weights, kv, compute, vision }: ModelMemory): number {
  return weights + kv + compute + vision;
}

function named(parts: readonly (readonly [string, number])[]): readonly MemoryPart[] {
  const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  return parts.filter(([, bytes]) => bytes > 0).map(([name, bytes]) => ({ name, bytes, share: bytes / total }));
}
