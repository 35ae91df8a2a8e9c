import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { readGguf } from '../../electron/reader/gguf/ggufFile.ts';
import { tensorTypes } from '../../electron/reader/gguf/tensorTypes.ts';
import { type GgufSpec, padded, writeGgufHeader } from './ggufWriter.ts';

/** A real file taken apart, so that tests can write it again with one thing wrong. */
export interface TakenApart {
  readonly spec: GgufSpec;
  /** All tensors' data, with its filling. */
  readonly data: Buffer;
}

/** Takes a sound file apart; its tensors are aligned to 32. */
export function ggufOf(path: string): TakenApart {
  const descriptor = openSync(path, 'r');
  try {
    const { metadata, tensors } = readGguf(descriptor, fstatSync(descriptor).size);
    const alignment = 32;
    const specs = [...tensors.values()].map(({ name, shape, type, bytes }) => {
      const number = [...tensorTypes].find(([, candidate]) => candidate === type)?.[0];
      if (number === undefined) throw new Error(`no number for ${type.name}`);
      return { name, shape, type: number, bytes };
    });
    const spec: GgufSpec = {
      magic: 'GGUF',
      version: 3,
      alignment,
      tensors: specs,
      metadata: [...metadata].map(([key, value]) => [
        key,
        value.kind === 'array' ? { list: value.type, values: value.values } : { type: value.type, value: value.value },
      ]),
    };
    const dataBytes = specs.reduce((sum, { bytes }) => sum + padded(bytes, alignment), 0);
    const file = readFileSync(path);
    const data = Buffer.alloc(dataBytes);
    // The last tensor's filling may be missing.
    file.copy(data, 0, writeGgufHeader(spec).length);
    return { spec, data };
  } finally {
    closeSync(descriptor);
  }
}

/** The header that a spec makes, and the data behind it. */
export function putTogether(spec: GgufSpec, data: Buffer): Buffer {
  return Buffer.concat([writeGgufHeader(spec), data]);
}
