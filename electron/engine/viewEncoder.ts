import { createHash } from 'node:crypto';
import { facetError } from '../shared/errors.ts';
import type { EmbeddingCache } from './embeddingCache.ts';
import type { NativeCancelFlag, NativeEngine } from './nativeBinding.ts';

/** Where embeddings of the loaded projector are kept between processes. */
export interface KeptEmbeddings {
  readonly cache: EmbeddingCache;
  readonly projectorSha256: string;
  /** Soft tokens of a view. */
  readonly tokens: number;
}

export interface ViewToEncode {
  readonly key: string;
  readonly side: number;
  readonly rgb: Uint8Array;
}

/** True when the view is in the engine now, from its memory or from disk. */
export async function takeView(key: string, engine: NativeEngine, kept: KeptEmbeddings | null): Promise<boolean> {
  if (engine.known([key])[0] === true) return true;
  if (kept === null || !isSha256(key)) return false;
  const embedding = await kept.cache.find({ projectorSha256: kept.projectorSha256, viewSha256: key }, kept.tokens);
  if (embedding === null) return false;
  try {
    engine.restore(key, embedding);
    return true;
  } catch {
    // Of another width than this text model's: a projector that fits would have been refused at load, so the file is not what it says.
    return false;
  }
}

/**
 * Encodes a view unless it was ever encoded before. `lost` is told when it could not be kept: the answer does not depend on that.
 * @throws FacetError invalidRequest when the key is not the sha256 of the pixels, as it must be for what outlives the process; those of encoding
 */
export async function encodeView(
  { key, side, rgb }: ViewToEncode,
  engine: NativeEngine,
  options: { readonly kept: KeptEmbeddings | null; readonly cancel: NativeCancelFlag; readonly lost: (error: unknown) => void },
): ReturnType<NativeEngine['encode']> {
  const { kept, cancel, lost } = options;
  if (kept === null) return engine.encode(key, side, rgb, cancel);
  // The reader child, which opens foreign files, made the key: a wrong one must not give one picture another's embedding for good.
  if (createHash('sha256').update(rgb).digest('hex') !== key) {
    throw facetError('invalidRequest', { field: 'key', reason: 'must be the sha256 of the pixels' });
  }
  await takeView(key, engine, kept);
  const result = await engine.encode(key, side, rgb, cancel);
  if (result.cached) return { ...result, encodeMs: 0 };
  const embedding = engine.embedding(key);
  if (embedding !== null) {
    await kept.cache.save({ projectorSha256: kept.projectorSha256, viewSha256: key }, kept.tokens, embedding).catch(lost);
  }
  return result;
}

function isSha256(key: string): boolean {
  return /^[0-9a-f]{64}$/.test(key);
}
