import { availableParallelism, cpus, totalmem } from 'node:os';
import { availableMemory } from 'node:process';
import type { MachineFacts } from '../shared/machine.ts';
import { freeBytes } from './disk/diskErrors.ts';

/** What does not change while Facet runs. */
export function machineParts(): Pick<MachineFacts, 'processor' | 'threads' | 'memory'> {
  return { processor: cpus()[0]?.model.trim() ?? '', threads: availableParallelism(), memory: totalmem() };
}

export async function describeMachine(dataFolder: string): Promise<MachineFacts> {
  const freeDisk = await freeBytes(dataFolder).catch(() => null);
  return { ...machineParts(), freeMemory: availableMemory(), freeDisk };
}
