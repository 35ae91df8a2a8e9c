import type { ReleasedSize } from './models.ts';
import type { TextModelShape, VisionShape } from './modelShape.ts';

/** The sizes Gemma 3 was released in by name, smallest first. */
export const sizeNames = ['270M', '1B', '4B', '12B', '27B'] as const satisfies readonly ReleasedSize[];

/** Their shapes. Source: the configurations in google-deepmind/gemma and google/gemma_pytorch. */
export const releasedSizes: Readonly<Record<ReleasedSize, TextModelShape>> = {
  '270M': {
    layers: 18,
    globalLayers: 3,
    width: 640,
    feedForward: 2048,
    heads: 4,
    keyHeads: 1,
    headWidth: 256,
    window: 512,
    contextLimit: 32_768,
    vocabulary: 262_144,
  },
  '1B': {
    layers: 26,
    globalLayers: 4,
    width: 1152,
    feedForward: 6912,
    heads: 4,
    keyHeads: 1,
    headWidth: 256,
    window: 512,
    contextLimit: 32_768,
    vocabulary: 262_144,
  },
  '4B': {
    layers: 34,
    globalLayers: 5,
    width: 2560,
    feedForward: 10_240,
    heads: 8,
    keyHeads: 4,
    headWidth: 256,
    window: 1024,
    contextLimit: 131_072,
    vocabulary: 262_208,
  },
  '12B': {
    layers: 48,
    globalLayers: 8,
    width: 3840,
    feedForward: 15_360,
    heads: 16,
    keyHeads: 8,
    headWidth: 256,
    window: 1024,
    contextLimit: 131_072,
    vocabulary: 262_208,
  },
  '27B': {
    layers: 62,
    globalLayers: 10,
    width: 5376,
    feedForward: 21_504,
    heads: 32,
    keyHeads: 16,
    headWidth: 128,
    window: 1024,
    contextLimit: 131_072,
    vocabulary: 262_208,
  },
};

/** The sizes that have a vision part. */
export const seeingSizes: readonly ReleasedSize[] = ['4B', '12B', '27B'];

/** SigLIP So400m/14 at 896 pixels, the encoder of every released size. */
export const releasedVision: VisionShape = { patches: 4096, width: 1152, feedForward: 4304 };
