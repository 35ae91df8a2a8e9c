import { freemem } from 'node:os';
import type { PromptPart } from '../engineContract.ts';
import type { NativeEngine } from '../nativeBinding.ts';
import { chooseCheckpoints } from './chooseCheckpoints.ts';
import { prefixHashes } from './prefixHashes.ts';
import { canOwnFiles } from './stateFiles.ts';
import { bodyBytes, fits, type StateHeader, type StateIdentity } from './stateHeader.ts';
import { lengthOf, type StateShape } from './stateShape.ts';
import { type FoundState, createStateStore } from './stateStore.ts';

/** Fewer tokens are read sooner than a state is kept and fetched. */
const worthKeeping = 256;
/** A state may take at most this share of the memory that is free right now, for the moment of its copying. */
const shareOfMemory = 0.5;

/** Conversations' states of the loaded model, on disk. */
export interface ConversationStates {
  /**
   * Puts the state on disk that shares most with this prompt into the engine, if it spares enough. Never fails: without it the prompt is read.
   * @returns milliseconds that it took, and whether one was put there
   */
  takeUp(parts: readonly PromptPart[], engine: NativeEngine): Promise<{ readonly ms: number; readonly tookUp: boolean }>;
  /** Tokens of a prompt that `takeUp` would spare, where `held` are in memory; 0 for none. */
  kept(prompt: Pick<StateShape, 'tokens' | 'imageKeys'>, held: number): Promise<number>;
  /** Copies the owner's state out of the engine; null when there is none worth keeping. @throws NativeError; Error of the file system */
  copyOut(owner: string, engine: NativeEngine): Promise<CopiedState | null>;
  /** Writes what was copied out; false when there is no room for it. The engine may run meanwhile. @throws Error of the file system; AbortError */
  write(state: CopiedState, options: { readonly mostBytes: number; readonly signal: AbortSignal }): Promise<boolean>;
}

export interface CopiedState {
  readonly header: StateHeader;
  readonly body: Uint8Array;
}

export interface ConversationStatesOptions {
  readonly folder: string;
  readonly identity: StateIdentity;
  readonly contextTokens: number;
  /** Told why a state that was found could not be used. */
  readonly lost: (reason: string) => void;
}

export function createConversationStates({ folder, identity, contextTokens, lost }: ConversationStatesOptions): ConversationStates {
  const store = createStateStore(folder);
  /** Tokens of each owner's state as it was last written, so that nothing is written twice. */
  const written = new Map<string, Int32Array>();

  const adopt = async (path: string, engine: NativeEngine): Promise<void> => {
    const state = await store.read(path, (body) => void engine.populate(body).catch(() => undefined));
    if (state.kind === 'unusable') throw new Error(state.reason);
    const { header, body } = state;
    // What was found is what an unproven header said; this is the proven one.
    if (!fits(header, identity)) throw new Error('it belongs to another model');
    const tokens = new Int32Array(body.slice(0, header.length * 8).buffer);
    await engine.adoptState({ ...header, tokens, data: body.subarray(header.length * 8) });
  };
  const find = async (prompt: Pick<StateShape, 'tokens' | 'imageKeys'>, held: number): Promise<FoundState | null> => {
    const least = held + worthKeeping;
    return lengthOf(prompt) < least ? null : store.find(prompt, { identity, least, most: contextTokens });
  };
  return {
    takeUp: async (parts, engine) => {
      const begun = performance.now();
      let tookUp = false;
      try {
        const { held, ...prompt } = await engine.prospect(parts);
        const found = await find(prompt, held);
        if (found !== null) {
          await adopt(found.path, engine);
          tookUp = true;
        }
      } catch (error) {
        lost(error instanceof Error ? error.message : String(error));
      }
      return { ms: performance.now() - begun, tookUp };
    },
    kept: async (prompt, held) => (await find(prompt, held))?.shared ?? 0,
    copyOut: async (owner, engine) => {
      if (!canOwnFiles(owner)) return null;
      const shape = await engine.stateShape(owner);
      if (shape === null || lengthOf(shape) < worthKeeping || isSame(shape.tokens, written.get(owner))) return null;
      const checkpoints = chooseCheckpoints(shape);
      const header = headerFor({ ...shape, checkpoints }, identity);
      const bytes = bodyBytes(header);
      if (bytes > freemem() * shareOfMemory) return null;
      const body = new Uint8Array(bytes);
      body.set(new Uint8Array(shape.tokens.buffer));
      await engine.copyState(
        owner,
        checkpoints.map(({ position }) => position),
        body.subarray(header.length * 8),
      );
      return { header, body };
    },
    write: async ({ header, body }, options) => {
      if (!(await store.save(header, body, options))) return false;
      written.set(header.owner, new Int32Array(body.slice(0, header.length * 8).buffer));
      return true;
    },
  };
}

function headerFor(shape: StateShape, identity: StateIdentity): StateHeader {
  const { owner, imageKeys, checkpoints, stateBytes } = shape;
  const length = lengthOf(shape);
  const positions = new Set([...checkpoints.map(({ position }) => position), length]);
  return {
    identity: imageKeys.length === 0 ? { ...identity, projectorSha256: null } : identity,
    owner,
    length,
    imageKeys,
    checkpoints,
    stateBytes,
    prefixes: prefixHashes(shape, [...positions]),
  };
}

function isSame(tokens: Int32Array, others: Int32Array | undefined): boolean {
  return others?.length === tokens.length && tokens.every((token, index) => token === others[index]);
}
