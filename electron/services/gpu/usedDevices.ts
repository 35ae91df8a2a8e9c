import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../../engine/engineClient.ts';
import { deviceBookFile, type GpuDevice } from '../../shared/gpu.ts';
import type { Settings } from '../../shared/settings.ts';

/** The graphics cards that a load would use now, the best first: what the settings allow, and what was found to compute right. */
export type UsedDevices = () => Promise<readonly GpuDevice[]>;

export function createUsedDevices(options: {
  readonly engine: Pick<EngineClient, 'request'>;
  /** Of packs and of what was found out about devices. */
  readonly folder: string;
  readonly settings: () => Pick<Settings, 'gpu'>;
}): UsedDevices {
  const { engine, folder, settings } = options;
  /** The picker asks for every model at once. */
  let asking: Promise<readonly GpuDevice[]> | null = null;
  const ask = async (): Promise<readonly GpuDevice[]> => {
    try {
      return (await engine.request('engine.describe', { gpuFolder: folder })).devices;
    } catch {
      // An engine that does not start loads nothing either; that is told where something is loaded.
      return [];
    } finally {
      asking = null;
    }
  };
  return async () => {
    const { gpu } = settings();
    // Most computers have no card that was ever tested: no engine is started to learn that.
    if (gpu === 'off' || !existsSync(join(folder, deviceBookFile))) return [];
    const devices = await (asking ??= ask());
    return devices.filter(({ name, kind, standing }) => kind !== 'cpu' && standing === 'sound' && (gpu === 'auto' || gpu === name));
  };
}
