import type { PrefixHash } from './prefixHashes.ts';
import type { CheckpointShape } from './stateShape.ts';

/** What must be the same for a state to be taken up. The context's size need not: only cells in use are in a state. */
export interface StateIdentity {
  readonly modelSha256: string;
  /** Null when no picture is in it: then it does not matter. */
  readonly projectorSha256: string | null;
  readonly llamaVersion: string;
  /** Devices round differently, and lay V out in other ways. */
  readonly backend: string;
  readonly cacheType: string;
}

export interface StateHeader {
  readonly identity: StateIdentity;
  readonly owner: string;
  /** Number of tokens. */
  readonly length: number;
  readonly imageKeys: readonly string[];
  readonly checkpoints: readonly CheckpointShape[];
  readonly stateBytes: number;
  /** At each checkpoint and at the end: the places where reading can go on. */
  readonly prefixes: readonly PrefixHash[];
}

/** Says what kind of file this is; to be changed when equal prompts give other states (batch size, window, order of the parts). */
const magic = Buffer.from('FACETKV2', 'latin1');
const lengthBytes = 4;
/** Longer headers are not ours: 64 checkpoints and 4,096 views take less. */
const mostHeaderBytes = 1024 * 1024;

/** Bytes to read to know how long the header is. */
export const preambleBytes = magic.length + lengthBytes;

/** Magic, length and JSON. */
export function writeHeader(header: StateHeader): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(json.length);
  return Buffer.concat([magic, length, json]);
}

/** Bytes of the JSON after the preamble; null when this is no state. */
export function headerLength(preamble: Buffer): number | null {
  if (preamble.length !== preambleBytes || !preamble.subarray(0, magic.length).equals(magic)) return null;
  const length = preamble.readUInt32LE(magic.length);
  return length > mostHeaderBytes ? null : length;
}

/**
 * The header in this JSON; null when it is not one. It is not to be believed before the file's seal was checked: until then it only tells which
 * file to read.
 */
export function readHeader(json: Uint8Array): StateHeader | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(json).toString());
    return isHeader(header) ? header : null;
  } catch {
    return null;
  }
}

/** Bytes of everything between header and seal. */
export function bodyBytes({ length, checkpoints, stateBytes }: Pick<StateHeader, 'length' | 'checkpoints' | 'stateBytes'>): number {
  return length * 8 + checkpoints.reduce((sum, { bytes }) => sum + bytes, 0) + stateBytes;
}

/** True when a state of this identity can be taken up by an engine of that one. */
export function fits(header: StateHeader, engine: StateIdentity): boolean {
  const { identity, imageKeys } = header;
  return (
    identity.modelSha256 === engine.modelSha256 &&
    identity.llamaVersion === engine.llamaVersion &&
    identity.backend === engine.backend &&
    identity.cacheType === engine.cacheType &&
    (imageKeys.length === 0 || identity.projectorSha256 === engine.projectorSha256)
  );
}

function isHeader(value: unknown): value is StateHeader {
  if (!isRecord(value) || !isRecord(value['identity'])) return false;
  const { owner, length, imageKeys, checkpoints, stateBytes, prefixes } = value;
  return (
    typeof owner === 'string' &&
    isSize(length) &&
    isSize(stateBytes) &&
    Array.isArray(imageKeys) &&
    imageKeys.every((key) => typeof key === 'string') &&
    Array.isArray(checkpoints) &&
    checkpoints.every(
      (entry) => isRecord(entry) && isSize(entry['position']) && isSize(entry['bytes']) && typeof entry['atBoundary'] === 'boolean',
    ) &&
    Array.isArray(prefixes) &&
    prefixes.every((entry) => isRecord(entry) && isSize(entry['position']) && typeof entry['hash'] === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isSize(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
