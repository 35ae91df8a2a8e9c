import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ModelMemory } from '../shared/models.ts';
import type { EncodedView, EngineDevice, LoadParams, LoadedModel, PromptPart, RunParams, RunResult } from './engineContract.ts';
import type { TestModel } from './gpu/selfTest.ts';
import type { StateShape } from './states/stateShape.ts';

/** Set once per operation; may be set at any time, also after the operation has ended. */
export interface NativeCancelFlag {
  set(): void;
}

/** `name` is `progress`, `prefilled` or `wrote`; what the numbers mean is told by native/src/engine_wrap.cpp. */
export type NativeListener = (name: string, first: number, second: number, third: number, text: string) => void;

/** How the encoder computes on the CPU. */
export interface EncoderSetting {
  /** Type of its blocks' matrices: ggml's name, such as `f16`. */
  readonly weights: string;
  readonly flashAttention: boolean;
  /** Width of a head; more than the file's where it is padded with zeros to fill the processor's vectors. */
  readonly head: number;
}

export interface EncoderMeasurement {
  readonly best: EncoderSetting;
  /** All candidates: milliseconds of one block over a whole view, and the relative error of the block's products. */
  readonly timings: readonly { readonly setting: EncoderSetting; readonly blockMs: number; readonly error: number }[];
  readonly tookMs: number;
}

/** What a load would take, in bytes; `vision` 0 without a projector. */
export type LoadPlan = ModelMemory & { readonly layers: number };

/** A load with its place settled. */
export type PlacedParams = LoadParams & {
  /** Layers on the device; -1, or absent, is all. */
  readonly gpuLayers?: number;
  readonly visionOnCpu?: boolean;
};

/** The addon's engine. Every promise rejects with a NativeError. One of load, unload, encode, run, logits and forget at a time, else code `busy`. */
export interface NativeEngine {
  /** `gpu` is a device or `off`: what does not fit there is refused with modelLoadFailed. */
  load(params: PlacedParams, cancel: NativeCancelFlag, listener: NativeListener): Promise<LoadedModel>;
  /** What a load would take on the CPU, in bytes, and the model's layers; leaves alone what is loaded. */
  plan(params: LoadParams): Promise<LoadPlan>;
  unload(): Promise<void>;
  tokenize(parts: readonly PromptPart[]): Promise<{ readonly ids: readonly number[]; readonly counts: readonly number[] }>;
  known(keys: readonly string[]): readonly boolean[];
  encode(key: string, side: number, rgb: Uint8Array, cancel: NativeCancelFlag): Promise<EncodedView & { readonly movedToCpu?: boolean }>;
  /** A copy of a view's embedding, tokens x width; null when it is not in memory. */
  embedding(key: string): Float32Array | null;
  /** Puts back what the same projector made before. @throws NativeError modelCannotSee; invalidRequest when it is not of this model's size */
  restore(key: string, embedding: Float32Array): void;
  run(params: RunParams, cancel: NativeCancelFlag, listener: NativeListener): Promise<Omit<RunResult, 'takeUpMs'>>;
  /** Logits after the last part, one per row of the vocabulary, and how many tokens came out of the cache. For tests. */
  logits(parts: readonly PromptPart[]): Promise<{ readonly logits: Float32Array; readonly cachedTokens: number }>;
  /** The prompt's tokens, and how many of them are in memory. */
  prospect(parts: readonly PromptPart[]): Promise<Pick<StateShape, 'tokens' | 'imageKeys'> & { readonly held: number }>;
  /** What the owner's conversation would take to be copied out; null when the engine has none of it. */
  stateShape(owner: string): Promise<StateShape | null>;
  /** Fills `target` with the checkpoints at these positions and then the state. Nothing else may have run since `stateShape`. */
  copyState(owner: string, positions: readonly number[], target: Uint8Array): Promise<void>;
  /** Has the pages of a fresh array given at once, from front to back, while it is filled: which takes less time than one by one. */
  populate(target: Uint8Array): Promise<void>;
  /** Takes up what `copyState` copied, here or in another process. Rejects when it is not a state of this model; the cache is empty then. */
  adoptState(state: StateShape & { readonly data: Uint8Array }): Promise<void>;
  /**
   * Names what this machine computes with other bits for tokens that are read together than for each alone: weight types, `attention`, `device`. Where there
   * is nothing, `lookup` changes no answer.
   */
  batchDifferences(): Promise<readonly string[]>;
  /** Drops the KV cache. For tests. */
  forget(): Promise<void>;
  /** What a measurement would be about, and how the file runs as it is; null when the encoder is not on the CPU or its layout is not known. */
  encoder(): { readonly identity: string; readonly blocks: number; readonly setting: EncoderSetting } | null;
  measureEncoder(cancel: NativeCancelFlag): Promise<EncoderMeasurement>;
  /** Encodes with this projector from now on; it must be a rewritten form of the loaded one. */
  chooseEncoder(projectorPath: string, flashAttention: boolean): Promise<void>;
  rewriteProjector(source: string, target: string, setting: EncoderSetting, cancel: NativeCancelFlag): Promise<void>;
  /** Operations per second of a large F32 matrix product: the limit of the machine. For benchmarks. */
  matrixRate(threads: number): Promise<number>;
}

/** One search model. Every promise rejects with a NativeError; one call at a time, else code `busy`. */
export interface NativeTextEmbedder {
  /** `longestText` is in tokens. */
  load(
    path: string,
    threads: number,
    cancel: NativeCancelFlag,
  ): Promise<{ readonly width: number; readonly longestText: number; readonly memory: Omit<ModelMemory, 'vision'> }>;
  /** Up to 256 texts; vectors of unit length, empty ones for texts that are too long. */
  embed(texts: readonly string[], cancel: NativeCancelFlag): Promise<readonly Float32Array[]>;
  unload(): Promise<void>;
}

export interface NativeBinding {
  /** Once per process, before anything else: loads the backends in `libraryFolder` and sends native log lines to `onLog`. */
  initialize(libraryFolder: string, onLog: (level: 'warning' | 'error' | 'fatal', text: string) => void): { readonly llamaVersion: string };
  devices(): readonly EngineDevice[];
  /** Adds one more backend library. @throws NativeError internal when it, or what it needs, cannot be loaded */
  loadBackend(file: string): void;
  readonly Engine: new () => NativeEngine;
  readonly TextEmbedder: new () => NativeTextEmbedder;
  readonly CancelFlag: new () => NativeCancelFlag;
}

/**
 * Loads the addon. The only place that does.
 * @param resources folder that holds `native/out`
 * @throws Error when it was not built or does not fit this system
 */
export function loadNativeBinding(resources: string): {
  readonly binding: NativeBinding;
  readonly libraryFolder: string;
  readonly testModel: TestModel;
} {
  // ggml would start a debugger for a stack trace before it aborts. Read by the library, so it must be set before it is loaded.
  process.env['GGML_NO_BACKTRACE'] = '1';
  const libraryFolder = join(resources, 'native', 'out');
  const binding = createRequire(import.meta.url)(join(libraryFolder, 'facet.node')) as NativeBinding;
  const models = join(resources, 'assets', 'models', 'tiny-reader');
  return { binding, libraryFolder, testModel: { textPath: join(models, 'text.gguf'), projectorPath: join(models, 'mmproj.gguf') } };
}
