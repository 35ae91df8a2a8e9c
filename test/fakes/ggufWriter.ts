/** A small GGUF writer for tests, able to write what no honest writer would. */

export type GgufType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'bool' | 'string' | 'u64' | 'i64' | 'f64';
export type GgufScalar = number | bigint | boolean | string;
export type GgufValue =
  { readonly type: GgufType; readonly value: GgufScalar } | { readonly list: GgufType; readonly values: readonly GgufScalar[] };

export interface GgufTensorSpec {
  readonly name: string;
  readonly shape: readonly (number | bigint)[];
  /** ggml's number; 0 is F32, 1 is F16. */
  readonly type: number;
  /** Bytes of data. */
  readonly bytes: number;
  /** Overrides the offset that follows from the tensors before. */
  readonly offset?: bigint;
  readonly dimensions?: number;
}

export interface GgufSpec {
  readonly magic: string;
  readonly version: number;
  readonly keyCount?: bigint;
  readonly tensorCount?: bigint;
  readonly metadata: readonly (readonly [string, GgufValue])[];
  readonly tensors: readonly GgufTensorSpec[];
  readonly alignment: number;
}

const typeNumbers: Readonly<Record<GgufType, number>> = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  u64: 10,
  i64: 11,
  f64: 12,
};
const arrayNumber = 9;

/** Header and zeros for all tensors. */
export function writeGguf(spec: GgufSpec): Buffer {
  const bytes = spec.tensors.reduce((sum, tensor) => sum + padded(tensor.bytes, spec.alignment), 0);
  return Buffer.concat([writeGgufHeader(spec), Buffer.alloc(bytes)]);
}

/** All up to the first tensor's data. */
export function writeGgufHeader(spec: GgufSpec): Buffer {
  const pieces: Buffer[] = [Buffer.from(spec.magic, 'latin1'), u32(spec.version)];
  pieces.push(u64(spec.tensorCount ?? BigInt(spec.tensors.length)), u64(spec.keyCount ?? BigInt(spec.metadata.length)));
  for (const [key, value] of spec.metadata) {
    pieces.push(text(key));
    if ('list' in value) {
      pieces.push(u32(arrayNumber), u32(typeNumbers[value.list]), u64(BigInt(value.values.length)));
      for (const item of value.values) pieces.push(scalar(value.list, item));
    } else pieces.push(u32(typeNumbers[value.type]), scalar(value.type, value.value));
  }
  let offset = 0;
  for (const tensor of spec.tensors) {
    pieces.push(text(tensor.name), u32(tensor.dimensions ?? tensor.shape.length));
    for (const size of tensor.shape) pieces.push(u64(BigInt(size)));
    pieces.push(u32(tensor.type), u64(tensor.offset ?? BigInt(offset)));
    offset += padded(tensor.bytes, spec.alignment);
  }
  const header = Buffer.concat(pieces);
  return Buffer.concat([header, Buffer.alloc(padded(header.length, spec.alignment) - header.length)]);
}

/** Bytes that a tensor takes with its filling. */
export function padded(size: number, alignment: number): number {
  return Math.ceil(size / alignment) * alignment;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(BigInt(bytes.length)), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes;
}

function scalar(type: GgufType, value: GgufScalar): Buffer {
  if (type === 'string') return text(String(value));
  if (type === 'bool') return Buffer.from([Number(value)]);
  if (type === 'u8' || type === 'i8') return Buffer.from([Number(value) & 0xff]);
  if (type === 'u32' || type === 'i32') return u32(Number(value));
  if (type === 'u64' || type === 'i64') return u64(BigInt(value));
  const bytes = Buffer.alloc(type === 'f32' ? 4 : type === 'f64' ? 8 : 2);
  if (type === 'f32') bytes.writeFloatLE(Number(value));
  else if (type === 'f64') bytes.writeDoubleLE(Number(value));
  else bytes.writeUInt16LE(Number(value) & 0xffff);
  return bytes;
}
