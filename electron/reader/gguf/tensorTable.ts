import type { ByteReader } from './byteReader.ts';
import { GgufFault, require } from './ggufFault.ts';
import { readText } from './metadata.ts';
import { type TensorType, tensorTypes } from './tensorTypes.ts';

/** 27B has 808 tensors, its projector 439. */
const maximumTensors = 16_384;
/** ggml keeps names in 64 bytes, the last one zero. */
const maximumNameBytes = 63;
const maximumDimensions = 4;
/** Elements of one tensor. 27B's largest has 2^30.4. */
const maximumElements = 2n ** 48n;

export interface Tensor {
  readonly name: string;
  /** Innermost first, as ggml writes it; 1 to 4 sizes. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  readonly bytes: number;
}

/** Reads `count` tensor descriptions and proves that their data lies in the file, in order and without overlap. @throws GgufFault */
export function readTensors(reader: ByteReader, count: bigint, alignment: number): ReadonlyMap<string, Tensor> {
  require(count <= BigInt(maximumTensors), 'too-many-tensors', `The file claims to have ${count} tensors.`);
  const tensors = new Map<string, Tensor>();
  let end = 0n;
  let lastByte = 0n;
  for (let index = 0; index < Number(count); index++) {
    const name = readText(reader, maximumNameBytes, 'bad-tensor-name');
    require(name !== '', 'bad-tensor-name', 'A tensor has no name.');
    require(!tensors.has(name), 'duplicate-tensor', `The tensor ${name} is there twice.`);
    const { tensor, bytes } = readShape(reader, name);
    const offset = reader.u64();
    require(offset % BigInt(alignment) === 0n, 'bad-offset', `The data of ${name} is not aligned.`);
    // llama.cpp takes tensors only where the one before ends.
    require(offset === end, 'bad-offset', `The data of ${name} is not where the tensor before it ends.`);
    lastByte = offset + bytes;
    end = padded(lastByte, BigInt(alignment));
    tensors.set(name, tensor);
  }
  const dataStart = padded(BigInt(reader.position()), BigInt(alignment));
  const fileBytes = BigInt(reader.position() + reader.left());
  require(dataStart + lastByte <=
    fileBytes, 'truncated', 'The file ends before its last tensor; it was probably not downloaded completely.');
  return tensors;
}

/** Bytes of all of them together, without padding. */
export function tensorBytes(tensors: ReadonlyMap<string, Tensor>): number {
  return [...tensors.values()].reduce((sum, { bytes }) => sum + bytes, 0);
}

function readShape(reader: ByteReader, name: string): { readonly tensor: Tensor; readonly bytes: bigint } {
  const dimensions = reader.u32();
  require(dimensions >= 1 && dimensions <= maximumDimensions, 'bad-shape', `The tensor ${name} has ${dimensions} dimensions.`);
  const shape: number[] = [];
  let elements = 1n;
  for (let index = 0; index < dimensions; index++) {
    const size = reader.u64();
    require(size >= 1n && size <= maximumElements, 'bad-shape', `The tensor ${name} has a side of ${size}.`);
    elements *= size;
    require(elements <= maximumElements, 'bad-shape', `The tensor ${name} is impossibly large.`);
    shape.push(Number(size));
  }
  const number = reader.u32();
  const type = tensorTypes.get(number);
  if (type === undefined) throw new GgufFault('bad-tensor-type', `The tensor ${name} has the unknown type ${number}.`);
  require((shape[0] ?? 0) % type.block === 0, 'bad-shape', `A row of the tensor ${name} does not fill whole ${type.name} blocks.`);
  const bytes = (elements / BigInt(type.block)) * BigInt(type.bytes);
  return { tensor: { name, shape, type, bytes: Number(bytes) }, bytes };
}

function padded(value: bigint, alignment: bigint): bigint {
  return ((value + alignment - 1n) / alignment) * alignment;
}
