import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { missingLibraries } from '../../electron/services/gpu/neededLibraries.ts';
import { fetchGpuPack } from '../../electron/services/gpu/fetchGpuPack.ts';
import { gpuPacksFor, packFile } from '../../electron/shared/gpuPacks.ts';
import { compileKeptBuffers } from './keptBuffers.ts';
import { unlessRequired } from './unlessRequired.ts';

const folder = join(import.meta.dirname, '..', '..', '.cache', 'gpu');
const keptBuffers = join(folder, 'tests', 'keptBuffers.node');

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the pack, the compiled `keptBuffers.c`, and the sentence that says why there is no Vulkan; empty when there is. */
    vulkan: { readonly folder: string; readonly keptBuffers: string; readonly missing: string };
  }
}

/**
 * Runs once before the suite: has the pack that people get by `facet gpu get vulkan`, by the same code, in the project's cache.
 * @throws where something is missing and FACET_VULKAN_REQUIRED=1 says that nothing may be
 */
export async function setup(project: TestProject): Promise<void> {
  const missing = await prepare();
  if (missing === '') compileKeptBuffers(keptBuffers);
  else unlessRequired(missing);
  project.provide('vulkan', { folder, keptBuffers, missing });
}

async function prepare(): Promise<string> {
  const pack = gpuPacksFor(`${process.platform}-${process.arch}`).find(({ name }) => name === 'vulkan');
  if (pack === undefined) return `There is no Vulkan pack for ${process.platform}-${process.arch}.`;
  const libraries = await missingLibraries(pack.needs);
  if (libraries.length > 0)
    return `This machine has no Vulkan driver (${libraries.join(', ')}); on Debian: apt-get install mesa-vulkan-drivers`;
  if (existsSync(join(folder, packFile(pack)))) return '';
  try {
    await fetchGpuPack({ pack, folder, signal: AbortSignal.timeout(300_000), onReceived: () => undefined });
    return '';
  } catch (error) {
    return `The Vulkan pack could not be fetched: ${String(error)}`;
  }
}
