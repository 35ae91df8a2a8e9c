import type { LoadParams, LoadedModel } from '../engineContract.ts';
import type { NativeCancelFlag, NativeEngine, NativeListener } from '../nativeBinding.ts';
import type { GpuDevices } from './gpuDevices.ts';
import { loadOnLadder } from './loadOnLadder.ts';

/** A model in the place that took it. */
export interface PlacedModel {
  readonly loaded: LoadedModel;
  /** The one that is used, which is F16 where the device does not do the one asked for. */
  readonly cacheType: NonNullable<LoadParams['cacheType']>;
  /** Name of its device for people; empty on the CPU alone. */
  readonly description: string;
  /** Work of the model, written down while it is going on where it is a device's. */
  work<T>(work: () => Promise<T>): Promise<T>;
}

/** A device that was lost computes nothing any more in this process: `lost` ends it, and the next one counts that. */
export type DeviceLost = (reason: string) => void;

/** Loads a model on the devices that the parameters allow and that compute right, else on the CPU. @throws NativeError, FacetError */
export async function loadPlaced(
  engine: Pick<NativeEngine, 'load' | 'plan'>,
  gpu: Pick<GpuDevices, 'choose' | 'cacheFault'>,
  params: LoadParams,
  cancel: NativeCancelFlag,
  listener: NativeListener,
  lost: DeviceLost,
): Promise<PlacedModel> {
  const { gpuFolder = null, cacheType: asked = 'f16' } = params;
  const chosen = await gpu.choose(gpuFolder, params.vocabularyOnly ? 'off' : params.gpu, cancel);
  const cacheFault = asked === 'q8_0' ? gpu.cacheFault(chosen) : '';
  const cacheType = cacheFault === '' ? asked : 'f16';
  const { devices, book } = chosen;
  const loaded = await loadOnLadder({ engine, params: { ...params, cacheType }, devices, book, cancel, listener });
  const device = devices.find(({ name }) => name === loaded.placement?.device);
  const told =
    cacheFault === '' ? chosen.told : [...chosen.told, `The q8_0 cache is not used on ${devices[0]?.description ?? ''}: ${cacheFault}`];
  return {
    loaded: { ...loaded, warnings: [...told, ...loaded.warnings], deviceIdentity: device?.identity ?? '' },
    cacheType,
    description: device?.description ?? '',
    work: async (work) => {
      if (device === undefined) return work();
      const ended = book.begin(device.identity, { kind: 'run' });
      try {
        return await work();
      } catch (error) {
        if (error instanceof Error && saysLost.test(error.message)) lost(`${device.description} was lost: ${error.message}`);
        throw error;
      } finally {
        ended();
      }
    },
  };
}

/** How Vulkan says it; CUDA ends the process by itself. */
const saysLost = /device.?lost/i;
