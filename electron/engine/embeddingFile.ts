import { createHash } from 'node:crypto';

/** Says what kind of file this is and which way of encoding made it; to be changed when the same pixels give other embeddings. */
const magic = Buffer.from('FACETEM1', 'latin1');
/** Magic, tokens and width, projector hash, pixel hash; then the hash of all that and the numbers. */
const describedBytes = magic.length + 8 + 32 + 32;
const headerBytes = describedBytes + 32;

/** Whose embedding it is: lower-case hex of two sha256. */
export interface EmbeddingIdentity {
  readonly projectorSha256: string;
  /** Of the RGB bytes that the encoder got. */
  readonly viewSha256: string;
}

/** One embedding as a file: what it is, a hash over everything, and tokens x width floats, little endian. */
export function writeEmbedding(identity: EmbeddingIdentity, tokens: number, embedding: Float32Array): Uint8Array {
  const numbers = Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
  const described = describe(identity, tokens, embedding.length / tokens);
  return Buffer.concat([described, integrity(described, numbers), numbers]);
}

/** The embedding in these bytes; null when anything about them is not as it was written, or it is another view's or another projector's. */
export function readEmbedding(bytes: Uint8Array, identity: EmbeddingIdentity, tokens: number): Float32Array | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = (file.length - headerBytes) / 4;
  if (length < tokens || length % tokens !== 0) return null;
  const described = file.subarray(0, describedBytes);
  const numbers = file.subarray(headerBytes);
  if (!described.equals(describe(identity, tokens, length / tokens))) return null;
  if (!file.subarray(describedBytes, headerBytes).equals(integrity(described, numbers))) return null;
  // A copy: the numbers in the file need not lie where floats may.
  const embedding = new Float32Array(length);
  Buffer.from(embedding.buffer).set(numbers);
  return embedding;
}

function describe({ projectorSha256, viewSha256 }: EmbeddingIdentity, tokens: number, width: number): Buffer {
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(tokens, 0);
  sizes.writeUInt32LE(width, 4);
  return Buffer.concat([magic, sizes, Buffer.from(projectorSha256, 'hex'), Buffer.from(viewSha256, 'hex')]);
}

function integrity(described: Uint8Array, numbers: Uint8Array): Buffer {
  return createHash('sha256').update(described).update(numbers).digest();
}
