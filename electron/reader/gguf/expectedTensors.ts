import { GgufFault, require } from './ggufFault.ts';
import type { Tensor } from './tensorTable.ts';

/** What a tensor must look like. `norm`: F32 (llama.cpp aborts on others); `half`: F32, F16 or BF16; `weight`: any float or quantised type. */
export interface ExpectedTensor {
  readonly shape: readonly number[];
  readonly storage: 'norm' | 'half' | 'weight';
  readonly optional?: boolean;
}

/**
 * Proves that the file has exactly these tensors: a missing one fails the load, an unknown one switches on code that Gemma 3 never runs.
 * @throws GgufFault missing-tensor, unexpected-tensor, bad-shape, integer-weights, bad-tensor-type
 */
export function requireTensors(tensors: ReadonlyMap<string, Tensor>, expected: ReadonlyMap<string, ExpectedTensor>): void {
  for (const [name, wanted] of expected) {
    const tensor = tensors.get(name);
    if (tensor === undefined) {
      if (wanted.optional === true) continue;
      throw new GgufFault('missing-tensor', `The tensor ${name} is missing.`);
    }
    const matches = trimmed(tensor.shape).join('x') === trimmed(wanted.shape).join('x');
    require(matches, 'bad-shape', `The tensor ${name} has the shape ${tensor.shape.join('x')} instead of ${wanted.shape.join('x')}.`);
    requireStorage(tensor, wanted.storage);
  }
  for (const name of tensors.keys()) {
    require(expected.has(name), 'unexpected-tensor', `The tensor ${name} does not belong to a Gemma 3 file of this kind.`);
  }
}

function requireStorage({ name, type }: Tensor, storage: ExpectedTensor['storage']): void {
  require(type.role !== 'other', 'integer-weights', `The tensor ${name} is stored as ${type.name}, which cannot be a weight.`);
  const allowed = storage === 'weight' || type.role === 'float' || (storage === 'half' && type.role === 'half');
  require(allowed, 'bad-tensor-type', `The tensor ${name} is stored as ${type.name}; it has to be ${storage === 'norm' ? 'F32' : 'F32, F16 or BF16'}.`);
}

/** ggml fills up with sizes of 1. */
function trimmed(shape: readonly number[]): readonly number[] {
  const last = shape.findLastIndex((size) => size !== 1);
  return shape.slice(0, Math.max(1, last + 1));
}
