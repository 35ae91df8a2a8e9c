/** What a graphics card of one kind needs beside the base install: one library, out of a package of the same build as the other libraries. */
export interface GpuPack {
  readonly name: 'vulkan' | 'cuda';
  /** As npm knows it. */
  readonly package: string;
  readonly version: string;
  /** npm's integrity of the package's archive. */
  readonly integrity: string;
  /** Of the archive. */
  readonly bytes: number;
  /** The library inside the archive, and what it must be. */
  readonly member: string;
  readonly library: string;
  readonly libraryBytes: number;
  readonly sha256: string;
  /** Libraries that must be on the computer already: the driver's, and for CUDA its runtime. */
  readonly needs: readonly string[];
}

/** The one version that everything native comes from; see native/build-steps/pins.mjs. */
const version = '3.22.1';

/** By `process.platform`-`process.arch`, the best first. macOS has its backend in the base install. */
const packs: Readonly<Record<string, readonly GpuPack[]>> = {
  'linux-x64': [
    {
      name: 'cuda',
      package: '@node-llama-cpp/linux-x64-cuda',
      version,
      integrity: 'sha512-8rQCjyNNLZJUFit+YpjwlC4hwkKgOMIkB2wuycKBf8NU2O3ySKbiWZQ8aw9ku2nUTXjSnUIrE6KB88itduTBuA==',
      bytes: 142_898_030,
      member: 'package/bins/linux-x64-cuda/libggml-cuda.so',
      library: 'libggml-cuda.so',
      libraryBytes: 158_993_272,
      sha256: 'f00882ca593ddf380778f5ac835690bcdaad951cd4700829c7a03aa0c32bcf47',
      needs: ['libcuda.so.1', 'libcudart.so.13', 'libcublas.so.13'],
    },
    {
      name: 'vulkan',
      package: '@node-llama-cpp/linux-x64-vulkan',
      version,
      integrity: 'sha512-bBxqU+JOcBu1nb5Qj2zcMci+JByT1E8EajHvYodyNfVIPkEhXh+/HMwR1/BT7xP08YK0hks+kM8fglER0P8JEg==',
      bytes: 24_311_427,
      member: 'package/bins/linux-x64-vulkan/libggml-vulkan.so',
      library: 'libggml-vulkan.so',
      libraryBytes: 43_255_472,
      sha256: '5dbbe80b520118b6b71f3ea31935ba107cee9c9c68f7e7ed18b20cdb424e819b',
      needs: ['libvulkan.so.1'],
    },
  ],
};

/** The packs for a platform such as `linux-x64`, the best first; none where nothing is to be had. */
export function gpuPacksFor(platform: string): readonly GpuPack[] {
  return packs[platform] ?? [];
}

/** Where a pack's library lies in the folder of all packs. */
export function packFile({ version: made, library }: Pick<GpuPack, 'version' | 'library'>): string {
  return `${made}/${library}`;
}
