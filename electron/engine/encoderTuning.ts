import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leastRecentlyUsed, listCacheFiles, newPartName } from './cacheFolder.ts';
import type { EncoderMeasurement, EncoderSetting, NativeCancelFlag, NativeEngine } from './nativeBinding.ts';

/** Bytes of all rewritten projectors together: two of the released shape in F32, four in F16. */
export const rewrittenProjectorBytes = 4_000_000_000;
/** Machines, builds and shapes remembered; the oldest goes first. */
const mostMeasurements = 16;

/** What one machine was measured at; see encoder_measurement.cpp. */
interface Measured extends EncoderMeasurement {
  readonly identity: string;
  readonly at: string;
}

export interface EncoderTuning {
  /** Folder for the measurement and for projectors rewritten by it. */
  readonly folder: string;
  readonly projectorPath: string;
  /** Lower-case hex; null: nothing is rewritten, since a rewritten file is another file's as soon as its name is. */
  readonly projectorSha256: string | null;
  readonly cancel: NativeCancelFlag;
  /** Told what went wrong; the encoder then runs as the file is. */
  readonly lost: (error: unknown) => void;
  readonly mostBytes?: number;
}

/**
 * Brings the encoder to the quickest setting of this machine: measured once (about a second) and remembered until the processor, the libraries or the
 * shape change; where another weight type or wider heads win by more than 10 %, with a projector rewritten once (some seconds).
 *
 * Every setting gives the same embedding up to rounding (1e-2 relative, as far apart as two backends are), so embeddings are kept under the projector's
 * own hash: a view that was ever encoded stays known when the setting changes, and the same prompt keeps its state.
 * @throws NativeError cancelled
 */
export async function tuneEncoder(engine: NativeEngine, tuning: EncoderTuning): Promise<void> {
  const encoder = engine.encoder();
  if (encoder === null) return;
  const { projectorPath, projectorSha256, lost } = tuning;
  const asTheFileIs = ({ weights, head }: EncoderSetting): boolean => weights === encoder.setting.weights && head === encoder.setting.head;
  const told = (error: unknown): void => {
    if (error instanceof Error && 'code' in error && error.code === 'cancelled') throw error;
    lost(error);
  };
  try {
    const { best, timings } = await measured(engine, encoder.identity, tuning);
    if (!asTheFileIs(best) && projectorSha256 !== null) {
      try {
        await engine.chooseEncoder(await rewritten(engine, best, projectorSha256, tuning), best.flashAttention);
        return;
      } catch (error) {
        told(error);
      }
    }
    const [plain] = timings.filter(({ setting }) => asTheFileIs(setting)).toSorted((a, b) => a.blockMs - b.blockMs);
    await engine.chooseEncoder(projectorPath, (plain?.setting ?? encoder.setting).flashAttention);
  } catch (error) {
    told(error);
  }
}

/**
 * What encoding one view takes in the quickest setting, by one block of it; measured when it never was.
 * @returns milliseconds; null where the encoder is not on the CPU or its layout is not known
 * @throws NativeError cancelled
 */
export async function expectedViewMs(engine: NativeEngine, tuning: EncoderTuning): Promise<number | null> {
  const encoder = engine.encoder();
  if (encoder === null) return null;
  const { best, timings } = await measured(engine, encoder.identity, tuning);
  const chosen = timings.find(
    ({ setting }) => setting.weights === best.weights && setting.head === best.head && setting.flashAttention === best.flashAttention,
  );
  return chosen === undefined ? null : chosen.blockMs * encoder.blocks;
}

async function measured(engine: NativeEngine, identity: string, { folder, cancel, lost }: EncoderTuning): Promise<EncoderMeasurement> {
  const path = join(folder, 'measurements.json');
  const kept = await readMeasurements(path);
  const found = kept.find((entry) => entry.identity === identity);
  if (found !== undefined) return found;
  const fresh: Measured = { identity, at: new Date().toISOString(), ...(await engine.measureEncoder(cancel)) };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const part = join(folder, newPartName());
    await writeFile(part, JSON.stringify([fresh, ...kept].slice(0, mostMeasurements), null, 2), { mode: 0o600 });
    await rename(part, path);
  } catch (error) {
    lost(error);
  }
  return fresh;
}

/** What cannot be read is measured again. */
async function readMeasurements(path: string): Promise<readonly Measured[]> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    return Array.isArray(content) ? content.filter(isMeasured) : [];
  } catch {
    return [];
  }
}

function isMeasured(value: unknown): value is Measured {
  if (typeof value !== 'object' || value === null || !('identity' in value) || !('best' in value) || !('timings' in value)) return false;
  const { identity, best, timings } = value;
  if (typeof identity !== 'string' || !Array.isArray(timings) || typeof best !== 'object' || best === null) return false;
  const { weights, head, flashAttention } = best as Partial<EncoderSetting>;
  return typeof weights === 'string' && Number.isInteger(head) && typeof flashAttention === 'boolean';
}

/** The path of a sound rewritten projector, made when it is not there. */
async function rewritten(engine: NativeEngine, setting: EncoderSetting, sha256: string, tuning: EncoderTuning): Promise<string> {
  const { folder, projectorPath, cancel } = tuning;
  const path = join(folder, `${sha256}-${setting.weights}-${String(setting.head)}.gguf`);
  if (await isSound(path)) {
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return path;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = join(folder, newPartName());
  try {
    await engine.rewriteProjector(projectorPath, part, setting, cancel);
    await writeFile(`${path}.sha256`, await hashOf(part), { mode: 0o600 });
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
  await dropOldest(folder, path, tuning.mostBytes ?? rewrittenProjectorBytes);
  return path;
}

async function isSound(path: string): Promise<boolean> {
  const promised = await readFile(`${path}.sha256`, 'utf8').catch(() => null);
  return promised !== null && promised === (await hashOf(path).catch(() => null));
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Deletes the least recently used rewritten projectors but `kept` until the rest fits. */
async function dropOldest(folder: string, kept: string, mostBytes: number): Promise<void> {
  const files = await listCacheFiles(folder, (name) => name.endsWith('.gguf'));
  for (const { path } of leastRecentlyUsed(files, mostBytes, [kept])) {
    await rm(path, { force: true });
    await rm(`${path}.sha256`, { force: true });
  }
}
