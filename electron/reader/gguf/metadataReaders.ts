import { GgufFault, require } from './ggufFault.ts';
import type { Metadata, Scalar, ScalarType } from './metadata.ts';

/** A range, both ends allowed. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The value of a key of one exact type (llama.cpp refuses others), or null when it is absent. @throws GgufFault wrong-type */
function scalarOf(metadata: Metadata, key: string, type: ScalarType): Scalar | null {
  const value = metadata.get(key);
  if (value === undefined) return null;
  if (value.kind !== 'scalar' || value.type !== type) throw new GgufFault('wrong-type', `The key ${key} is not of type ${type}.`);
  return value.value;
}

function required<T>(value: T | null, key: string): T {
  if (value === null) throw new GgufFault('missing-key', `The key ${key} is missing.`);
  return value;
}

/** @throws GgufFault wrong-type, out-of-range */
export function optionalWhole(metadata: Metadata, key: string, range: Range): number | null {
  const value = scalarOf(metadata, key, 'u32') as number | null;
  if (value !== null) requireRange(key, value, range);
  return value;
}

/** @throws GgufFault missing-key, wrong-type, out-of-range */
export function whole(metadata: Metadata, key: string, range: Range): number {
  return required(optionalWhole(metadata, key, range), key);
}

/** NaN and infinities are out of every range. @throws GgufFault wrong-type, out-of-range */
export function optionalReal(metadata: Metadata, key: string, range: Range): number | null {
  const value = scalarOf(metadata, key, 'f32') as number | null;
  if (value !== null) requireRange(key, value, range);
  return value;
}

/** @throws GgufFault missing-key, wrong-type, out-of-range */
export function real(metadata: Metadata, key: string, range: Range): number {
  return required(optionalReal(metadata, key, range), key);
}

/** @throws GgufFault wrong-type */
export function optionalText(metadata: Metadata, key: string): string | null {
  return scalarOf(metadata, key, 'string') as string | null;
}

/** @throws GgufFault wrong-type */
export function optionalFlag(metadata: Metadata, key: string): boolean | null {
  return scalarOf(metadata, key, 'bool') as boolean | null;
}

/** A number of whatever type: null when there is none. For keys that llama.cpp's own tools write in several. */
export function anyNumber(metadata: Metadata, key: string): number | null {
  const value = metadata.get(key);
  return value?.kind === 'scalar' && typeof value.value !== 'string' ? Number(value.value) : null;
}

/** A list of one element type. @throws GgufFault missing-key, wrong-type */
export function list(metadata: Metadata, key: string, type: ScalarType): readonly Scalar[] {
  const value = required(metadata.get(key) ?? null, key);
  if (value.kind !== 'array' || value.type !== type) throw new GgufFault('wrong-type', `The key ${key} is not a list of type ${type}.`);
  return value.values;
}

/** Keys of features that Gemma 3 does not have and that may only be there as zero or false. @throws GgufFault foreign-feature */
export function requireAbsent(metadata: Metadata, keys: readonly string[]): void {
  for (const key of keys) {
    const value = metadata.get(key);
    const harmless = value === undefined || (value.kind === 'scalar' && (value.value === 0 || value.value === false || value.value === 0n));
    require(harmless, 'foreign-feature', `The key ${key} belongs to another kind of model.`);
  }
}

function requireRange(key: string, value: number, { least, most }: Range): void {
  const inside = Number.isFinite(value) && value >= least && value <= most;
  require(inside, 'out-of-range', `The key ${key} is ${value}, outside ${least} to ${most}.`);
}
