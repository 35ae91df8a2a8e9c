import type { LoadParams, LoadedModel, Placement } from '../../electron/engine/engineContract.ts';
import type { LoadPlan, NativeEngine, PlacedParams } from '../../electron/engine/nativeBinding.ts';
import type { UsableDevice } from '../../electron/engine/gpu/gpuDevices.ts';

export const fakePlan: LoadPlan = { weights: 3.5e9, kv: 0.5e9, compute: 0.2e9, vision: 1e9, layers: 34 };

export const fakeDevice = (change: Partial<UsableDevice> = {}): UsableDevice => ({
  name: 'Vulkan0',
  description: 'A card',
  backend: 'Vulkan',
  kind: 'gpu',
  totalBytes: 8e9,
  freeBytes: 7.5e9,
  location: '0000:01:00.0',
  identity: `${change.name ?? 'Vulkan0'}, driver 1`,
  ...change,
});

export const fakeParams: LoadParams = {
  textPath: '/m.gguf',
  textSha256: 'a'.repeat(64),
  projectorPath: '/p.gguf',
  contextTokens: 8192,
  gpu: 'auto',
  threads: 0,
  vocabularyOnly: false,
  mayShrinkContext: true,
};

/** An engine whose loads are taken or refused by `takes`; `tried` holds every place in order. */
export function fakeLoads(takes: (place: Placement) => true | string): {
  readonly engine: Pick<NativeEngine, 'load' | 'plan'>;
  readonly tried: Placement[];
} {
  const tried: Placement[] = [];
  const load = async ({ gpu, gpuLayers = -1, visionOnCpu = false, contextTokens, textPath }: PlacedParams): Promise<LoadedModel> => {
    const place: Placement = { device: gpu === 'off' ? null : gpu, layers: gpuLayers, visionOnCpu, contextTokens };
    tried.push(place);
    const taken = takes(place);
    if (taken !== true) {
      const error = new Error(`${textPath}: ${taken}`);
      throw Object.assign(error, { code: 'modelLoadFailed', subject: textPath, reason: taken, check: '', needed: 0, available: 0 });
    }
    return {
      backend: place.device === null ? 'CPU' : 'Vulkan',
      contextTokens,
      contextLimit: 131_072,
      vocabularySize: 262_208,
      vision: { side: 896, tokens: 256 },
      memory: { weights: 1, kv: 1, compute: 1, vision: 1 },
      loadMs: 1,
      warnings: [],
    };
  };
  return { engine: { load, plan: async () => fakePlan }, tried };
}
