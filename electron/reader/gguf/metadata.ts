import { assertNever } from '../../shared/assertNever.ts';
import type { ByteReader } from './byteReader.ts';
import { GgufFault, require } from './ggufFault.ts';

/** Limits far above any real Gemma 3 file (33 keys, 262,208 tokens, 6.5 MB of header) and far below what hurts. */
const maximumKeys = 4_096;
const maximumKeyBytes = 1_024;
const maximumTextBytes = 16 * 1024 ** 2;
const maximumElements = 2_000_000;
const maximumHeaderBytes = 256 * 1024 ** 2;

const scalarTypes = ['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'f32', 'bool', 'string', 'array', 'u64', 'i64', 'f64'] as const;
export type ScalarType = Exclude<(typeof scalarTypes)[number], 'array'>;
export type Scalar = number | bigint | boolean | string;

export type MetadataValue =
  | { readonly kind: 'scalar'; readonly type: ScalarType; readonly value: Scalar }
  | { readonly kind: 'array'; readonly type: ScalarType; readonly values: readonly Scalar[] };

export type Metadata = ReadonlyMap<string, MetadataValue>;

/** Least bytes of one element, so that an array's length can be refused before it is read. */
const leastBytes: Readonly<Record<ScalarType, number>> = {
  u8: 1,
  i8: 1,
  bool: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  f32: 4,
  u64: 8,
  i64: 8,
  f64: 8,
  string: 8,
};

/** Reads `count` key-value pairs. @throws GgufFault */
export function readMetadata(reader: ByteReader, count: bigint): Metadata {
  require(count <= BigInt(maximumKeys), 'too-many-keys', `The file claims to have ${count} keys.`);
  const metadata = new Map<string, MetadataValue>();
  for (let index = 0; index < Number(count); index++) {
    const key = readText(reader, maximumKeyBytes, 'bad-key');
    require(key !== '', 'bad-key', 'A key in the file has no name.');
    require(!metadata.has(key), 'duplicate-key', `The key ${key} is there twice.`);
    metadata.set(key, readValue(reader, key));
    require(reader.position() <= maximumHeaderBytes, 'header-too-large', 'The header of the file is larger than any real one.');
  }
  return metadata;
}

/** A length and as many bytes of UTF-8. */
export function readText(reader: ByteReader, limit: number, code: string): string {
  const length = reader.length();
  // Not `require`: this runs for every token, and the message would be built each time.
  if (length > limit && length <= reader.left()) throw new GgufFault(code, `A text in the file claims to have ${length} bytes.`);
  return reader.text(length);
}

function readValue(reader: ByteReader, key: string): MetadataValue {
  const type = readType(reader, key);
  if (type !== 'array') return { kind: 'scalar', type, value: readScalar(reader, type, key) };
  const element = readType(reader, key);
  require(element !== 'array', 'bad-type', `The key ${key} holds lists of lists, which no Gemma 3 file has.`);
  const length = reader.u64();
  require(length * BigInt(leastBytes[element]) <= BigInt(reader.left()), 'truncated', `The list ${key} is longer than the file.`);
  require(length <= BigInt(maximumElements), 'list-too-long', `The list ${key} claims to have ${length} entries.`);
  const values: Scalar[] = [];
  for (let index = 0; index < Number(length); index++) values.push(readScalar(reader, element, key));
  return { kind: 'array', type: element, values };
}

function readType(reader: ByteReader, key: string): ScalarType | 'array' {
  const type = scalarTypes[reader.u32()];
  if (type === undefined) throw new GgufFault('bad-type', `The key ${key} has an unknown type.`);
  return type;
}

function readScalar(reader: ByteReader, type: ScalarType, key: string): Scalar {
  switch (type) {
    case 'u8':
      return reader.bytes(1)[0] ?? 0;
    case 'i8':
      return ((reader.bytes(1)[0] ?? 0) << 24) >> 24;
    case 'bool': {
      const value = reader.bytes(1)[0] ?? 0;
      require(value <= 1, 'bad-value', `The key ${key} is neither true nor false.`);
      return value === 1;
    }
    case 'u16':
    case 'i16': {
      const [low = 0, high = 0] = reader.bytes(2);
      const value = low | (high << 8);
      return type === 'u16' ? value : (value << 16) >> 16;
    }
    case 'u32':
      return reader.u32();
    case 'i32':
      return reader.i32();
    case 'f32':
      return reader.f32();
    case 'u64':
      return reader.u64();
    case 'i64':
      return reader.i64();
    case 'f64':
      return reader.f64();
    case 'string':
      return readText(reader, maximumTextBytes, 'text-too-long');
    default:
      return assertNever(type, 'value type');
  }
}
