import type { LoadParams, LoadedModel, Placement } from '../engineContract.ts';
import type { NativeCancelFlag, NativeEngine, NativeListener, PlacedParams } from '../nativeBinding.ts';
import type { DeviceBook, Failure } from './deviceBook.ts';
import type { UsableDevice } from './gpuDevices.ts';
import { placementSentences } from './placementText.ts';
import { asksAsMuch, rungsFor } from './rungs.ts';

export interface LadderLoad {
  readonly engine: Pick<NativeEngine, 'load' | 'plan'>;
  readonly params: LoadParams;
  /** Sound devices that may be used, the best first. */
  readonly devices: readonly UsableDevice[];
  readonly book: DeviceBook;
  readonly cancel: NativeCancelFlag;
  readonly listener: NativeListener;
}

/** A device over which the engine ended so often with one model is left alone. */
const mostDeaths = 2;

/**
 * Loads a model in the best place that takes it, and says what was given up for that. A place that failed is not tried again while the device has no more
 * memory free than then; one that ended the engine never.
 * @throws NativeError of the last place, or anything but modelLoadFailed at once
 */
export async function loadOnLadder({ engine, params, devices, book, cancel, listener }: LadderLoad): Promise<LoadedModel> {
  const { contextTokens } = params;
  const place = (rung: Placement): Promise<LoadedModel> => engine.load(placed(params, rung), cancel, listener);
  const cpu: Placement = { device: null, layers: 0, visionOnCpu: true, contextTokens };
  if (devices.length === 0) return { ...(await place(cpu)), placement: cpu };
  const plan = await engine.plan(params);
  const model = `${params.textSha256 ?? params.textPath}, ${params.cacheType ?? 'f16'}`;
  const reasons = new Map<string, string>();
  for (const rung of rungsFor({ devices, plan, contextTokens, mayShrinkContext: params.mayShrinkContext ?? false })) {
    const device = devices.find(({ name }) => name === rung.device);
    const before = device === undefined ? undefined : failedBefore(rung, device, book.failures(device.identity, model));
    if (before !== undefined) {
      reasons.set(before.placement.device ?? '', before.reason);
      continue;
    }
    const ended =
      device === undefined
        ? () => undefined
        : book.begin(device.identity, { kind: 'load', model, placement: rung, freeBytes: device.freeBytes });
    try {
      const loaded = await place(rung);
      const told = placementSentences(rung, { contextTokens, plan, devices }, reasons);
      return { ...loaded, warnings: [...told, ...loaded.warnings], placement: { ...rung, contextTokens: loaded.contextTokens } };
    } catch (error) {
      if (device === undefined || !isNoRoom(error)) throw error;
      reasons.set(device.name, error.reason);
      book.failed(device.identity, { model, placement: rung, reason: error.reason, freeBytes: device.freeBytes, died: false });
    } finally {
      ended();
    }
  }
  throw new Error('the ladder has no last rung');
}

/** Why a rung need not be tried. */
function failedBefore(rung: Placement, { freeBytes }: UsableDevice, failures: readonly Failure[]): Failure | undefined {
  const deaths = failures.filter(({ died }) => died);
  if (deaths.length >= mostDeaths) return deaths[0];
  return failures.find((failure) => (failure.died || freeBytes <= failure.freeBytes) && asksAsMuch(rung, failure.placement));
}

function placed(params: LoadParams, { device, layers, visionOnCpu, contextTokens }: Placement): PlacedParams {
  return { ...params, gpu: device ?? 'off', gpuLayers: device === null ? 0 : layers, visionOnCpu, contextTokens };
}

function isNoRoom(error: unknown): error is Error & { readonly reason: string } {
  return error instanceof Error && 'code' in error && error.code === 'modelLoadFailed' && 'reason' in error;
}
