import { layersThatFit } from '../../shared/gpuPlacement.ts';
import type { EngineDevice, Placement } from '../engineContract.ts';
import type { LoadPlan } from '../nativeBinding.ts';

/** What a ladder is made for. */
export interface LadderQuestion {
  /** Those that may be used, the best first. */
  readonly devices: readonly Pick<EngineDevice, 'name' | 'totalBytes' | 'freeBytes'>[];
  readonly plan: LoadPlan;
  readonly contextTokens: number;
  readonly mayShrinkContext: boolean;
}

/** A context below this is of no use for documents. */
const smallestContext = 4096;

/**
 * Every place to try, the best first: on each device all layers that fit beside the vision part and the scratch, then half of them, then a smaller
 * context, then pictures on the CPU; at last the CPU alone.
 */
export function rungsFor({ devices, plan, contextTokens, mayShrinkContext }: LadderQuestion): readonly Placement[] {
  const rungs: Placement[] = [];
  const add = (rung: Placement): void => {
    const known = rungs.some((other) => JSON.stringify(other) === JSON.stringify(rung));
    if (rung.layers !== 0 && !known) rungs.push(rung);
  };
  for (const device of devices) {
    const at = { device: device.name, visionOnCpu: false, contextTokens };
    const beside = layersFor(device, plan, contextTokens, contextTokens, plan.vision);
    const fewer = half(beside, plan.layers);
    add({ ...at, layers: beside });
    add({ ...at, layers: fewer });
    const smaller = contextTokens / 2;
    if (mayShrinkContext && smaller >= smallestContext) {
      const layers = layersFor(device, plan, contextTokens, smaller, plan.vision);
      add({ ...at, contextTokens: smaller, layers: fewer === 0 ? layers : fewer });
    }
    if (plan.vision === 0) continue;
    const alone = layersFor(device, plan, contextTokens, contextTokens, 0);
    add({ ...at, visionOnCpu: true, layers: alone });
    add({ ...at, visionOnCpu: true, layers: half(alone, plan.layers) });
  }
  return [...rungs, { device: null, layers: 0, visionOnCpu: true, contextTokens }];
}

/** A smaller context than the planned one takes less of the cache. */
function layersFor(
  device: LadderQuestion['devices'][number],
  plan: LoadPlan,
  planned: number,
  contextTokens: number,
  reserved: number,
): number {
  return layersThatFit(device, { ...plan, kv: (plan.kv * contextTokens) / planned }, reserved);
}

function half(layers: number, all: number): number {
  return Math.floor((layers === -1 ? all : layers) / 2);
}

/** Whether a place asks at least as much of the same device as one that failed. */
export function asksAsMuch(rung: Placement, failed: Placement): boolean {
  const count = ({ layers }: Placement): number => (layers === -1 ? Infinity : layers);
  return (
    rung.device === failed.device &&
    count(rung) >= count(failed) &&
    (failed.visionOnCpu || !rung.visionOnCpu) &&
    rung.contextTokens >= failed.contextTokens
  );
}
