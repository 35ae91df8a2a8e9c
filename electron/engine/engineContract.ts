import type { StopReason } from '../shared/generation.ts';
import type { GpuDevice, GpuTestProgress } from '../shared/gpu.ts';
import type { ModelMemory } from '../shared/models.ts';

type Empty = Record<string, never>;

/**
 * A piece of a prompt, in order. Control text is ours (turn markers, image markers, wording) and is tokenised with special tokens; adjacent
 * control pieces are joined first, so that newline runs merge as in the reference. Text is the user's, a document's or a model's and can never
 * become a control token. The pieces are tokenised so that the ids equal the reference's for the whole string.
 */
export type PromptPart =
  | { readonly kind: 'control'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Exact ids of an answer this model wrote, so that its state is found again. */
  | { readonly kind: 'tokens'; readonly ids: readonly number[] }
  /** The soft tokens of one view, encoded before under this key. The markers around it are control text. */
  | { readonly kind: 'image'; readonly key: string };

/** Ids of image positions in a tokenised prompt. */
export const imageTokenId = 262_144;

export interface LoadParams {
  /** Of a remote model, which no file here belongs to: the id of its server. The engine child never sees such a load. */
  readonly server?: string;
  /** Empty for a remote model. */
  readonly textPath: string;
  readonly projectorPath: string | null;
  /** 256..131,072; rounded up to 256. */
  readonly contextTokens: number;
  /** `auto`, `off`, or a device's name. */
  readonly gpu: string;
  /** 0: chosen by what the machine does, and again during long answers. 1..256 otherwise. */
  readonly threads: number;
  /** Vocabulary only: tokenises, runs nothing. */
  readonly vocabularyOnly: boolean;
  /** Precision of the KV cache, K and V alike: `f16` unless given; `f32` takes twice the memory and is for comparing with a reference. */
  readonly cacheType?: 'f16' | 'q8_0' | 'f32';
  /** Lower-case hex; whose work the conversations' states are. None is kept on disk while it is unknown. */
  readonly textSha256?: string | null;
  /** Folder for conversations' states, kept for later processes; made when missing. None is kept or looked for without it. */
  readonly stateFolder?: string | null;
  /** Folder for what the encoder made of views, kept for later processes; made when missing. Nothing is kept without it. */
  readonly embeddingFolder?: string | null;
  /** Lower-case hex; whose work the embeddings are. Nothing is kept while it is unknown. */
  readonly projectorSha256?: string | null;
  /** Folder for what was measured about the encoder and for projectors rewritten by it; made when missing. Without it nothing is measured. */
  readonly encoderFolder?: string | null;
  /** Bytes of memory to count on instead of what the system has free. For tests. */
  readonly freeMemoryBytes?: number;
  /** Folder of GPU packs and of what was found out about devices; without it only the devices of the base install are used, and nothing is remembered. */
  readonly gpuFolder?: string | null;
  /** Whether a smaller context may be taken where a device has no room: not when somebody asked for this one. False when absent. */
  readonly mayShrinkContext?: boolean;
}

/** Exactly where a model is to be loaded; `LoadParams.gpu` is `off` or one device's name then. */
export interface Placement {
  /** Name of the device; null is the CPU alone. */
  readonly device: string | null;
  /** Layers on the device, -1 for all; 0 on the CPU. */
  readonly layers: number;
  readonly visionOnCpu: boolean;
  readonly contextTokens: number;
}

export interface LoadedModel {
  readonly backend: string;
  readonly contextTokens: number;
  /** The model's own limit. */
  readonly contextLimit: number;
  readonly vocabularySize: number;
  /** Side of the square view in pixels and soft tokens per view; null without a projector. */
  readonly vision: { readonly side: number; readonly tokens: number } | null;
  readonly memory: ModelMemory;
  readonly loadMs: number;
  readonly warnings: readonly string[];
  /** Where it came to lie; absent for a remote model. */
  readonly placement?: Placement;
  /** Names the device it runs on, with its driver and Facet's libraries; empty, or absent, where that is the CPU alone. */
  readonly deviceIdentity?: string;
}

export type EngineDevice = Omit<GpuDevice, 'standing' | 'fault'> & {
  /** Such as its PCI address; empty when the driver does not say. */
  readonly location: string;
};

/** A device that could take a model, and what is known of it. */
export type JudgedDevice = EngineDevice & Pick<GpuDevice, 'standing' | 'fault'>;

export interface EngineSampling {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  /** 0..2^32-1 */
  readonly seed: number;
}

export interface EncodedView {
  /** Soft tokens. */
  readonly tokens: number;
  /** The whole wait; 0 when nothing was encoded. */
  readonly encodeMs: number;
  /** Of that, what only the first view after a load waits for: reading the encoder's weights, and once on a machine measuring it. */
  readonly setupMs: number;
  /** True when it needed no encoder: the same pixels were encoded before, in this process or another. */
  readonly cached: boolean;
}

export interface RunParams {
  /** Names this run in its events. */
  readonly runId: string;
  readonly parts: readonly PromptPart[];
  readonly sampling: EngineSampling;
  /** 1..32,768 */
  readonly maxTokens: number;
  /** The answer ends before any of these; they are not part of it. For the transcript profile. */
  readonly stopTexts: readonly string[];
  /**
   * When tokens are guessed from what stands before and read ahead of time; each is drawn from its own logits all the same. `auto` does so where it pays and
   * a batch has the bits of single tokens, so that no answer changes; `whereItPays` also where a batch rounds otherwise. `off` unless given; `always` is for
   * tests: what is guessed does not depend on time then.
   */
  readonly lookup?: 'off' | 'auto' | 'whereItPays' | 'always';
  /** The conversation that it belongs to, for `state.save`; null or left out for one whose state must never reach the disk. */
  readonly owner?: string | null;
  /**
   * What the answer's quotations must be taken from, word for word: inside quotation marks (“ ”, " ", „ “, « ») only words of these texts can come, from
   * the beginning of a word to the end of one. `before` is what stands of the answer already, so that one that goes on inside a quotation stays in it.
   * Without it the model quotes freely.
   */
  readonly quotes?: { readonly texts: readonly string[]; readonly before: string };
  /**
   * What the whole answer must be: a grammar in GBNF, the form of llama.cpp, with a rule `root`; 1 byte to 256 KiB, without repetitions in braces. Not
   * together with `quotes`. The answer may still be cut off by `maxTokens`.
   */
  readonly grammar?: string;
}

export interface RunResult {
  /** As produced, not trimmed; stop texts removed. */
  readonly text: string;
  /** Ids of the answer without its stop token; with a stop text, up to the last whole token before it. */
  readonly ids: readonly number[];
  /** Tokens of the answer, from an engine that does not tell their ids; `ids` is empty then. */
  readonly tokens?: number;
  readonly stopReason: StopReason;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  /** Taking up a kept state included. */
  readonly prefillMs: number;
  /** Of that, reading a kept state from disk; 0 when there was none to take up. */
  readonly takeUpMs: number;
  /** From the request to the first generated token. */
  readonly firstTokenMs: number;
  readonly decodeMs: number;
  /** Tokens that were guessed and read before they were drawn, and how many of them then were. */
  readonly drafted: number;
  readonly accepted: number;
}

// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type EngineRequests = {
  /** Loads what GPU packs are in the folder first. `problems` are sentences about those that cannot be used. */
  'engine.describe': {
    params: { readonly gpuFolder?: string | null };
    result: { readonly llamaVersion: string; readonly devices: readonly JudgedDevice[]; readonly problems: readonly string[] };
  };
  /**
   * Has a device compute what the CPU computes, whatever was found before, and remembers how it did; up to minutes where the driver compiles its
   * programs. Cancellable between two steps, which `device.testProgressed` tells; a test that was cancelled is forgotten. What is loaded stays. invalidRequest when there is no such device.
   */
  'device.test': { params: { readonly gpuFolder: string; readonly device: string }; result: JudgedDevice };
  /** Replaces whatever is loaded. Cancellable; progress by `model.loadProgressed`. */
  'model.load': { params: LoadParams; result: LoadedModel };
  'model.unload': { params: Empty; result: Empty };
  /** Ids, and how many of them each part gave (control pieces that were joined count for the first). */
  'prompt.tokenize': {
    params: { readonly parts: readonly PromptPart[] };
    result: { readonly ids: readonly number[]; readonly counts: readonly number[] };
  };
  /**
   * How much of a prompt need not be read: `held` tokens of it are in memory, `kept` can be had from disk (0 when memory has as many). Views that were
   * not encoded count as unknown.
   */
  'prompt.prospect': {
    params: { readonly parts: readonly PromptPart[] };
    result: { readonly tokens: number; readonly held: number; readonly kept: number };
  };
  /**
   * Encodes one view: RGB bytes, `side`*`side`*3 of them, already stretched. Kept in memory and on disk under `key` (sha256 of the bytes); a key
   * already there costs nothing. Cancellable as soon as the encoder allows.
   */
  'image.encode': {
    params: {
      readonly key: string;
      readonly side: number;
      readonly rgb: Uint8Array;
      /** False: in memory only. True when absent. */ readonly keep?: boolean;
    };
    result: EncodedView;
  };
  /** What encoding one view would take in milliseconds, by one block of the encoder; null without one, and where it cannot be told. Takes about a second at most. */
  'encoder.measure': { params: Empty; result: { readonly viewMs: number | null } };
  /** True for each key that needs no encoder; those on disk are in memory afterwards. */
  'image.known': { params: { readonly keys: readonly string[] }; result: { readonly known: readonly boolean[] } };
  /** Prefills what is new and writes. Cancelling ends it with stopReason `cancelled` and what was written; it does not reject. */
  'generation.run': { params: RunParams; result: RunResult };
  /**
   * Vectors of unit length for up to 256 texts by the search model at `modelPath`, which is loaded first when another one was; one is empty where its text
   * is longer than the model reads. On the CPU, and beside whatever else is loaded. Cancellable between two layers. `memoryBytes`: what the search model
   * takes, its weights included.
   */
  'text.embed': {
    params: { readonly modelPath: string; /** As for a load. */ readonly threads: number; readonly texts: readonly string[] };
    result: { readonly vectors: readonly Float32Array[]; readonly memoryBytes: number };
  };
  /** Gives the search model's memory back. */
  'text.forget': { params: Empty; result: Empty };
  /**
   * Writes the state of a conversation to disk, so that a later process need not read it again. Runs wait only until it was copied out; cancelling
   * leaves what was there before. False when there is nothing new worth keeping, or no room for it.
   */
  'state.save': {
    params: { readonly owner: string; /** Of all states together. */ readonly mostBytes: number };
    result: { readonly saved: boolean };
  };
};

// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type EngineEvents = {
  'model.loadProgressed': { readonly fraction: number };
  /** A step of a device's test began: one that was asked for, or the one before a device's first load. */
  'device.testProgressed': GpuTestProgress;
  /** The device had no room left for a view, and the encoder stays on the CPU until the next load. Before that view's answer. */
  'encoder.movedToCpu': { /** Name of the device for people. */ readonly device: string };
  'generation.prefilled': {
    readonly runId: string;
    readonly doneTokens: number;
    readonly totalTokens: number;
    readonly cachedTokens: number;
  };
  /** Whole characters only; a token that ends inside one waits for the next. */
  'generation.wrote': { readonly runId: string; readonly text: string; readonly tokens: number };
  /** A native log line of warning level or above, and assert text before a death. */
  'engine.logged': { readonly level: 'warning' | 'error' | 'fatal'; readonly text: string };
};
