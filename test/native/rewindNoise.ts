import { expect } from 'vitest';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { image, tokens } from './nativeEngine.ts';

// How far logits may be from those of a fresh read. A processor attends from batches of 64 positions and more in a loop that sums in 32 bits, from smaller
// ones (a short question, each token of an answer) in one that sums in 16: the same prompt, read afresh, has other logits when its batches end elsewhere.
// Nothing is lost by going back when it moves logits no more than that.

export const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? Number.NaN))), 0);

/** Reads each prompt after the other, beginning with an empty memory; logits of the last. */
export async function readAfresh(engine: NativeEngine, ...prompts: readonly (readonly PromptPart[])[]): Promise<Float32Array> {
  await engine.forget();
  let logits: Float32Array = new Float32Array();
  for (const prompt of prompts) ({ logits } = await engine.logits(prompt));
  return logits;
}

/** The first tokens of a prompt as a prompt of their own. */
export async function beginningOf(engine: NativeEngine, parts: readonly PromptPart[], count: number): Promise<readonly PromptPart[]> {
  const { tokens: pairs, imageKeys } = await engine.prospect(parts);
  const beginning: PromptPart[] = [];
  for (let index = 0; index < count;) {
    const view = pairs[2 * index + 1] ?? 0;
    let end = index + 1;
    while (end < count && pairs[2 * end + 1] === view) end++;
    const ids = Array.from({ length: end - index }, (_, offset) => pairs[2 * (index + offset)] ?? 0);
    beginning.push(view === 0 ? tokens(ids) : image(imageKeys[view - 1] ?? ''));
    index = end;
  }
  return beginning;
}

/** How much fresh reads of one prompt differ among themselves when the last 1, 8 or 63 tokens are a batch of their own, or are read one by one. */
export async function noiseOf(engine: NativeEngine, parts: readonly PromptPart[]): Promise<number> {
  const { tokens: pairs } = await engine.prospect(parts);
  const length = pairs.length / 2;
  const whole = await readAfresh(engine, parts);
  const onlyOneByOne = Array.from({ length: 32 }, (_, index) => length - 32 + index);
  let most = 0;
  for (const ends of [[length - 1], [length - 8], [length - 63], onlyOneByOne]) {
    const steps: (readonly PromptPart[])[] = [];
    for (const end of ends) steps.push(await beginningOf(engine, parts, end));
    most = Math.max(most, largestDifference(whole, await readAfresh(engine, ...steps, parts)));
  }
  expect(most, 'noise').toBeGreaterThan(0);
  return most;
}
