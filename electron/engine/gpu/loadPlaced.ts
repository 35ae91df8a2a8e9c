import type { LoadParams, LoadedModel } from '../engineContract.ts';
import type { NativeCancelFlag, NativeEngine, NativeListener } from '../nativeBinding.ts';
import type { GpuDevices } from './gpuDevices.ts';
import { loadOnLadder } from './loadOnLadder.ts';

/** A model in the place that took it. */
export interface PlacedModel {
  readonly loaded: LoadedModel;
  /** The one that is used, which is F16 where the device does not do the one asked for. */
  readonly cacheType: NonNullable<LoadParams['cacheType']>;
  /** To be called before work of the model; what it gives is to be called after it. */
  begin(): () => void;
}

/** Loads a model on the devices that the parameters allow and that compute right, else on the CPU. @throws NativeError, FacetError */
export async function loadPlaced(
  engine: Pick<NativeEngine, 'load' | 'plan'>,
  gpu: Pick<GpuDevices, 'choose' | 'cacheFault'>,
  params: LoadParams,
  cancel: NativeCancelFlag,
  listener: NativeListener,
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
    loaded: { ...loaded, warnings: [...told, ...loaded.warnings] },
    cacheType,
    begin: () => (device === undefined ? () => undefined : book.begin(device.identity, { kind: 'run' })),
  };
}
