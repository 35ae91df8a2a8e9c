import { createByteReader } from './byteReader.ts';
import { require } from './ggufFault.ts';
import { type Metadata, readMetadata } from './metadata.ts';
import { optionalWhole } from './metadataReaders.ts';
import { readTensors, type Tensor } from './tensorTable.ts';

const magic = 'GGUF';
const defaultAlignment = 32;
/** llama.cpp dies on an alignment of 1; no known file has another one than 32. */
const alignmentRange = { least: 8, most: 65_536 };

/** The header of a file whose sizes and offsets are all proved against its length. */
export interface GgufFile {
  readonly metadata: Metadata;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** Reads the header of an open file; tensor data is never read. @throws GgufFault */
export function readGguf(descriptor: number, fileBytes: number): GgufFile {
  const reader = createByteReader(descriptor, fileBytes);
  const isGguf = fileBytes >= 4 && Buffer.from(reader.bytes(4)).toString('latin1') === magic;
  require(isGguf, 'bad-magic', 'This is not a GGUF model file.');
  const version = reader.u32();
  require(version === 2 || version === 3, 'bad-version', `The file has GGUF version ${version}; Facet reads 2 and 3.`);
  const tensorCount = reader.u64();
  const keyCount = reader.u64();
  const metadata = readMetadata(reader, keyCount);
  const alignment = optionalWhole(metadata, 'general.alignment', alignmentRange) ?? defaultAlignment;
  require(Number.isInteger(Math.log2(alignment)), 'bad-alignment', `The file is aligned to ${alignment}, which is not a power of two.`);
  return { metadata, tensors: readTensors(reader, tensorCount, alignment) };
}
