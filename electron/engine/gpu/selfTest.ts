import type { GpuTestStep } from '../../shared/gpu.ts';
import type { PromptPart } from '../engineContract.ts';
import type { NativeBinding, NativeCancelFlag, NativeEngine } from '../nativeBinding.ts';
import type { Finding } from './deviceBook.ts';

/** The model of the test: small enough to be read in a moment, with an image encoder. */
export interface TestModel {
  readonly textPath: string;
  readonly projectorPath: string;
}

/** What one place computed of the test's picture and prompts. */
export type Computed = Readonly<Record<'picture' | 'text' | 'nextToken' | 'textAndPicture', Float32Array>>;

/**
 * Largest relative error of a device, as the length of the difference over that of the CPU's numbers. Devices multiply in F16 where the CPU adds up in
 * F32: that is at most 1e-2 on Mesa's software driver. What is wrong, such as a missing mask or a mixed-up row, is off by more than 0.3.
 */
export const mostError = 0.05;
/** A quantised cache rounds to 8 bits in blocks on top of that. */
export const mostCacheError = 0.1;

/** Where the test's model is to compute. */
export interface TestPlace {
  readonly model: TestModel;
  /** A device's name, or `off`. */
  readonly gpu: string;
  readonly cacheType: 'f16' | 'q8_0';
  readonly cancel: NativeCancelFlag;
}

const contextTokens = 512;
/** Ids of ordinary words, more than a device's kernels for few columns take. */
const words = Array.from({ length: 24 }, (_, index) => 20 + ((index * 37) % 300));
const nextWord = 33;
const textOf = (ids: readonly number[]): PromptPart => ({ kind: 'tokens', ids });

/** Every pixel another, so that no mixed-up row goes unseen. */
function testPicture(side: number): Uint8Array {
  return Uint8Array.from({ length: side * side * 3 }, (_, index) => {
    const [x, y] = [Math.floor(index / 3) % side, Math.floor(index / 3 / side)];
    return (x * 7 + y * 13 + (index % 3) * 50 + x * y) % 256;
  });
}

/** The test's model at one place, for as long as `work` takes. @throws NativeError */
async function withTestModel<T>(
  binding: NativeBinding,
  { model, gpu, cacheType, cancel }: TestPlace,
  work: (engine: NativeEngine, side: number) => Promise<T>,
): Promise<T> {
  const engine = new binding.Engine();
  const params = { ...model, contextTokens, gpu, threads: 2, vocabularyOnly: false, cacheType };
  try {
    const { vision } = await engine.load(params, cancel, () => undefined);
    if (vision === null) throw new Error('the model of the test does not see');
    return await work(engine, vision.side);
  } finally {
    await engine.unload();
  }
}

/** What the test computes of text alone: many tokens at once, then one. */
export function computeText(binding: NativeBinding, place: TestPlace): Promise<Pick<Computed, 'text' | 'nextToken'>> {
  return withTestModel(binding, place, async (engine) => {
    const before = [textOf([2, ...words])];
    const text = await logitsOf(engine, before);
    return { text, nextToken: await logitsOf(engine, [...before, textOf([nextWord])]) };
  });
}

/** What the test computes of its picture, and of a text with it. */
export function computePicture(binding: NativeBinding, place: TestPlace): Promise<Pick<Computed, 'picture' | 'textAndPicture'>> {
  return withTestModel(binding, place, async (engine, side) => {
    await engine.encode('test', side, testPicture(side), place.cancel);
    const picture = engine.embedding('test') ?? new Float32Array();
    const parts: readonly PromptPart[] = [textOf([2, ...words.slice(12)]), { kind: 'image', key: 'test' }, textOf(words)];
    return { picture, textAndPicture: await logitsOf(engine, parts) };
  });
}

async function logitsOf(engine: NativeEngine, parts: readonly PromptPart[]): Promise<Float32Array> {
  return (await engine.logits(parts)).logits;
}

/** What is to be tested, and with what. */
export interface DeviceTest extends Omit<TestPlace, 'cacheType'> {
  readonly binding: NativeBinding;
}

/**
 * Whether a device computes what the CPU computes, with each type of KV cache. `onStep` hears each step as it begins; the first fault ends the test.
 * @throws NativeError cancelled
 */
export async function testDevice({ binding, ...place }: DeviceTest, onStep: (step: GpuTestStep) => void): Promise<Finding> {
  onStep('reference');
  const onCpu: TestPlace = { ...place, gpu: 'off', cacheType: 'f16' };
  const exact = { ...(await computeText(binding, onCpu)), ...(await computePicture(binding, onCpu)) };
  const faultOf = async (
    cacheType: 'f16' | 'q8_0',
    most: number,
    ...parts: (typeof computeText | typeof computePicture)[]
  ): Promise<string> => {
    try {
      for (const compute of parts) {
        const fault = compareComputed(exact, await compute(binding, { ...place, cacheType }), most);
        if (fault !== '') return fault;
      }
      return '';
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'cancelled') throw error;
      return `it failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
  onStep('text');
  let fault = await faultOf('f16', mostError, computeText);
  if (fault !== '') return { fault, cacheFault: '' };
  onStep('picture');
  fault = await faultOf('f16', mostError, computePicture);
  if (fault !== '') return { fault, cacheFault: '' };
  onStep('cache');
  return { fault, cacheFault: await faultOf('q8_0', mostCacheError, computeText, computePicture) };
}

const inWords = {
  picture: 'of a picture',
  text: 'of a text',
  nextToken: 'of the next word',
  textAndPicture: 'of a text with a picture',
};

/** Compares what was `tested`. @returns empty, or a clause about the first thing that is wrong */
export function compareComputed(exact: Computed, tested: Partial<Computed>, most: number): string {
  for (const what of ['text', 'nextToken', 'picture', 'textAndPicture'] as const) {
    const computed = tested[what];
    if (computed === undefined) continue;
    const error = relativeError(exact[what], computed);
    if (!(error <= most)) return `what it computes ${inWords[what]} differs from the CPU’s by ${(error * 100).toFixed(0)} %`;
  }
  return '';
}

/** Length of the difference over the length of the exact numbers; not a number where one of them is none. */
export function relativeError(exact: Float32Array, tested: Float32Array): number {
  if (exact.length === 0 || exact.length !== tested.length) return Number.NaN;
  let difference = 0;
  let length = 0;
  for (const [index, value] of exact.entries()) {
    difference += (value - (tested[index] ?? Number.NaN)) ** 2;
    length += value ** 2;
  }
  return Math.sqrt(difference / length);
}
