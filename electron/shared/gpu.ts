import type { GpuPack } from './gpuPacks.ts';

/** In the folder of GPU packs: what was found out about cards. Without it none was ever tested, and none is used. */
export const deviceBookFile = 'devices.json';

/** Something that computes: the processor or a graphics card. */
export interface GpuDevice {
  /** What the setting and `--gpu` take. */
  readonly name: string;
  readonly description: string;
  /** Such as Vulkan, CUDA, Metal or CPU. */
  readonly backend: string;
  readonly kind: 'cpu' | 'gpu' | 'integratedGpu' | 'accelerator';
  readonly totalBytes: number;
  /** 0 when the driver does not say. */
  readonly freeBytes: number;
  /** It is used only once it computed what the processor computes, which is tested at first use. */
  readonly standing: 'untested' | 'sound' | 'faulty';
  /** One clause; empty unless it is faulty. */
  readonly fault: string;
}

/** Steps of a card's test, in order: what the processor computes, a text and a picture on the card, and both with the quantised KV cache. */
export const gpuTestSteps = ['reference', 'text', 'picture', 'cache'] as const;
export type GpuTestStep = (typeof gpuTestSteps)[number];

/** A step in words, with its place among all: "a picture on the card, step 3 of 4". */
export function gpuStepWords(step: GpuTestStep): string {
  return `${stepWords[step]}, step ${String(gpuTestSteps.indexOf(step) + 1)} of ${String(gpuTestSteps.length)}`;
}

/** What goes on while a load tests the card first. */
export function gpuTestWords(step: GpuTestStep): string {
  return `Testing the graphics card once: ${gpuStepWords(step)}`;
}

const stepWords: Readonly<Record<GpuTestStep, string>> = {
  reference: 'what the processor computes',
  text: 'a text on the card',
  picture: 'a picture on the card',
  cache: 'the compact cache',
};

/** A card that is being tested: the step that was begun. */
export interface GpuTestProgress {
  /** The device's name, as in `GpuDevice`. */
  readonly device: string;
  readonly step: GpuTestStep;
}

/** Support for a kind of graphics card that can be fetched. */
export interface GpuPackState {
  readonly name: GpuPack['name'];
  readonly installed: boolean;
  /** Of the download, and of what it takes on the disk. */
  readonly downloadBytes: number;
  readonly diskBytes: number;
  /** Libraries of the driver or the system that this computer lacks; it is of no use without them. */
  readonly missing: readonly string[];
}

/** What this computer can compute with. */
export interface GpuOverview {
  readonly devices: readonly GpuDevice[];
  readonly packs: readonly GpuPackState[];
  /** Sentences about packs that cannot be used. */
  readonly problems: readonly string[];
}

/** A pack that is being fetched. */
export interface GpuProgress {
  readonly name: GpuPack['name'];
  readonly receivedBytes: number;
  readonly totalBytes: number;
}
