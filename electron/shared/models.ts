import type { ErrorData } from './errors.ts';
import type { GpuTestStep } from './gpu.ts';
import type { TextModelShape, VisionShape } from './modelShape.ts';

/** The sizes Gemma 3 was released in. */
export type ReleasedSize = '270M' | '1B' | '4B' | '12B' | '27B';

/** `custom` is any other consistent Gemma 3 file (the tiny reader, test models). */
export type ModelSize = ReleasedSize | 'custom';

/**
 * How a prompt is written for a checkpoint: `turns` is the exact Gemma format for instruction-tuned files; `transcript` is a short
 * `User:`/`Assistant:` transcript for pretrained ones.
 */
export type PromptProfile = 'turns' | 'transcript';

/** Where a model's files come from and whether they are here. */
export type ModelState =
  | { readonly kind: 'available' }
  | {
      readonly kind: 'downloading';
      readonly receivedBytes: number;
      /** 0 while the server has not said it. */
      readonly totalBytes: number;
      readonly bytesPerSecond: number;
      readonly source: string;
    }
  /** Waits until `before` others are done. */
  | { readonly kind: 'queued'; readonly receivedBytes: number; readonly totalBytes: number; readonly before: number }
  | { readonly kind: 'paused'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly kind: 'installed' }
  | { readonly kind: 'failed'; readonly error: ErrorData };

export interface ModelFile {
  /** Absolute path; null while not here. */
  readonly path: string | null;
  /** Null while nobody has said it. */
  readonly bytes: number | null;
  /** Lower-case hex; null until computed or pinned. */
  readonly sha256: string | null;
}

/** Given as a model's id to `model.download` and `model.pause`: the catalogue's starter entries, tried in order. */
export const starterId = 'starter';

export interface Model {
  /** Stable: a catalogue id such as `gemma-3-270m-it-qat-q4_0`, or `local-<first 12 of sha256>`. */
  readonly id: string;
  readonly name: string;
  readonly size: ModelSize;
  /** Quantisation as the file says it, such as `Q4_0`; upper case. */
  readonly quantisation: string;
  readonly text: ModelFile;
  /** The vision part; null for models that see nothing. */
  readonly projector: ModelFile | null;
  readonly profile: PromptProfile;
  /** Largest context in tokens the model was trained for. */
  readonly contextLimit: number;
  /** Ships inside Facet and cannot be removed. */
  readonly builtIn: boolean;
  readonly state: ModelState;
  /** Plain sentences shown on the model's card, such as "pretrained checkpoint: good for trying Facet; short answers only". */
  readonly notes: readonly string[];
  /** Licence line shown on the card. */
  readonly licence: string;
  /** It only finds passages by meaning: it writes nothing, and is never offered for answers. */
  readonly search?: true;
  /** Where it runs, when that is not in this app. What it is asked is sent there; `nearby` when that is another program on this computer. */
  readonly server?: { readonly address: string; readonly host: string; readonly nearby: boolean };
}

/** Bytes by part, as measured after a load. */
export interface ModelMemory {
  readonly weights: number;
  readonly kv: number;
  readonly compute: number;
  readonly vision: number;
  /** Of the weights, those read where they lie in the file, which the system counts as free; 0 when absent. */
  readonly mapped?: number;
  /** Of all but vision, what lies on a graphics card; 0 when absent. */
  readonly device?: number;
}

/**
 * What the engine has in memory. One model at a time. `stalled`: nothing has happened in it for a minute although it has something to do; it may come
 * back, and `engine.restart` ends it.
 */
export type EngineState =
  /** `restedMinutes`: the model was taken out of memory after so long without a question; the next one loads it again. */
  | { readonly kind: 'idle'; readonly restedMinutes?: number }
  | {
      readonly kind: 'loading';
      readonly modelId: string;
      /** 0..1 */
      readonly fraction: number;
      /** Its files are looked at, before the engine sees them. */
      readonly checking?: true;
      /** The graphics card is tested before it first takes a model. */
      readonly testing?: GpuTestStep;
      readonly stalled?: true;
    }
  | {
      readonly kind: 'ready';
      readonly modelId: string;
      readonly contextTokens: number;
      readonly backend: string;
      readonly sees: boolean;
      readonly memory: ModelMemory;
      /** Name of the graphics card that it lies on, at least in part; null, or absent, where it is the processor's alone. */
      readonly device?: string | null;
      /** Milliseconds the load took. */
      readonly loadMs: number;
      readonly stalled?: true;
    }
  | { readonly kind: 'failed'; readonly modelId: string; readonly error: ErrorData }
  /** The process died; it is being started again and the model reloaded. `attempt` counts from 1. */
  | { readonly kind: 'restarting'; readonly modelId: string; readonly attempt: number; readonly reason: string };

/** Begins the id of a file of the user's while it is hashed and its own id is not known. */
export const beingAddedPrefix = 'importing-';

/** Whether it is a file of the user's that is being looked through, which cannot be paused. */
export function isBeingAdded({ id }: Pick<Model, 'id'>): boolean {
  return id.startsWith(beingAddedPrefix);
}

/** True while nothing happens in the engine although it has something to do. */
export function isStalled(engine: EngineState): boolean {
  return (engine.kind === 'loading' || engine.kind === 'ready') && engine.stalled === true;
}

/** Result of checking a GGUF before the addon sees it: `facet models check`. */
export interface ModelCheck {
  readonly ok: boolean;
  /** `search` is an EmbeddingGemma. */
  readonly kind: 'text' | 'projector' | 'search' | 'unknown';
  /** `ok`, or a short stable word for the first fault, such as `truncated`, `bad-magic`, `not-gemma3`. */
  readonly code: string;
  readonly message: string;
  readonly warnings: readonly string[];
  /** Facts read from the header; null when it could not be read that far. */
  readonly facts: ModelFacts | null;
}

export interface ModelFacts {
  readonly size: ModelSize;
  readonly name: string;
  readonly quantisation: string;
  readonly contextLimit: number;
  readonly layers: number;
  /** Width of the text model's residual stream; for a projector the width it projects to. */
  readonly embeddingLength: number;
  readonly hasChatTemplate: boolean;
  /** Projector only: side of the square input in pixels; soft tokens per image. */
  readonly imageSize: number | null;
  readonly imageTokens: number | null;
  /** Bytes of all tensors. */
  readonly tensorBytes: number;
  /** What its memory follows from. */
  readonly shape:
    | { readonly kind: 'text'; readonly text: TextModelShape }
    | { readonly kind: 'projector'; readonly vision: VisionShape }
    | { readonly kind: 'search'; readonly text: TextModelShape };
}
