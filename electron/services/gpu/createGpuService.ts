import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { Requests } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { GpuOverview } from '../../shared/gpu.ts';
import { type GpuPack, gpuPacksFor, packFile } from '../../shared/gpuPacks.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import type { Emit } from '../emit.ts';
import { takeFileLock } from '../models/fileLock.ts';
import type { NetworkGuard } from '../network/networkGuard.ts';
import { packageSource } from '../packages/fetchNpmFile.ts';
import { fetchGpuPack, type PackFetch } from './fetchGpuPack.ts';
import { missingLibraries } from './neededLibraries.ts';

export interface GpuServiceOptions {
  readonly engine: Pick<EngineClient, 'request' | 'on'>;
  /** Of packs and of what was found out about devices. */
  readonly folder: string;
  readonly requireNetwork: NetworkGuard;
  readonly emit: Emit;
  /** For tests; the usual ones otherwise. */
  readonly packs?: readonly GpuPack[];
  readonly fetch?: (request: PackFetch) => Promise<void>;
  readonly missing?: typeof missingLibraries;
}

type GpuRequest = Extract<keyof Requests, `gpu.${string}`>;

/** What this computer can compute with, and the packs that add to it. */
export function createGpuHandlers(options: GpuServiceOptions): Pick<RequestHandlers<Requests>, GpuRequest> {
  const { engine, folder, requireNetwork, emit, fetch = fetchGpuPack, missing = missingLibraries } = options;
  const packs = options.packs ?? gpuPacksFor(`${process.platform}-${process.arch}`);

  const describe = async (signal: AbortSignal): Promise<GpuOverview> => {
    const states = packs.map(async (pack) => ({
      name: pack.name,
      installed: existsSync(join(folder, packFile(pack))),
      downloadBytes: pack.bytes,
      diskBytes: pack.libraryBytes,
      missing: await missing(pack.needs),
    }));
    const { devices, problems } = await engine.request('engine.describe', { gpuFolder: folder }, signal);
    return { devices, problems, packs: await Promise.all(states) };
  };
  const packOf = (name: GpuPack['name']): GpuPack => {
    const found = packs.find((pack) => pack.name === name);
    if (found !== undefined) return found;
    throw facetError('invalidRequest', { field: 'name', reason: `there is no ${name} pack for ${process.platform}-${process.arch}` });
  };

  return {
    'gpu.describe': (_params, signal) => describe(signal),
    'gpu.test': async ({ device }, signal) => {
      const stop = engine.on('device.testProgressed', (progress) => emit('gpu.testProgressed', progress));
      try {
        return await engine.request('device.test', { gpuFolder: folder, device }, signal);
      } finally {
        stop();
      }
    },
    'gpu.get': async ({ name }, signal) => {
      const pack = packOf(name);
      if (existsSync(join(folder, packFile(pack)))) return describe(signal);
      const lacking = await missing(pack.needs);
      if (lacking.length > 0) {
        const way = name === 'cuda' ? '; the vulkan pack needs a graphics driver only' : '; install the driver of the graphics card first';
        throw facetError('invalidRequest', {
          field: 'name',
          reason: `${name} needs ${lacking.join(', ')}, which this computer lacks${way}`,
        });
      }
      requireNetwork(packageSource);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const lock = await takeFileLock(join(folder, `${name}.lock`), `the ${name} pack`, signal);
      try {
        await fetch({
          pack,
          folder,
          signal,
          onReceived: (receivedBytes) => emit('gpu.progressed', { name, receivedBytes, totalBytes: pack.bytes }),
        });
      } finally {
        lock.close();
      }
      return describe(signal);
    },
    'gpu.remove': async ({ name }, signal) => {
      await rm(join(folder, packFile(packOf(name))), { force: true });
      return describe(signal);
    },
  };
}
