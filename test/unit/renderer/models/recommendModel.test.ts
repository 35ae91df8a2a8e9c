import { describe, expect, it } from 'vitest';
import { judge, type ModelEstimate } from '../../../../electron/shared/modelEstimate.ts';
import type { Model } from '../../../../electron/shared/models.ts';
import { recommendModel } from '../../../../renderer/features/models/recommendModel.ts';
import { exampleEstimate } from '../../../fakes/exampleEstimate.ts';
import { catalogueSample } from '../../../fakes/preview/catalogueSamples.ts';

const GB = 1e9;

/** On a computer with this much memory free, which writes so many words with 4B; null where nothing was measured. */
function estimates(models: readonly Model[], free: number, wordsWith4B: number | null): ReadonlyMap<string, ModelEstimate> {
  const four = exampleEstimate({ kind: 'model', id: '4b' }, 8192, 'f16').memory.weights;
  return new Map(
    models.map((model) => {
      const estimate = { ...exampleEstimate({ kind: 'model', id: model.id }, 8192, 'f16'), free };
      const speed = wordsWith4B === null ? null : { wordsPerSecond: (wordsWith4B * four) / estimate.memory.weights, predicted: true };
      const largestContext = estimate.total <= free ? 131_072 : estimate.total - 3e8 <= free ? 4096 : 0;
      const judged = { ...estimate, speed, largestContext };
      return [model.id, { ...judged, verdict: judge(judged) }];
    }),
  );
}

const models = catalogueSample({});
const recommended = (free: number, words: number | null, all = models) => recommendModel(all, estimates(all, free, words));
const sizeOf = (id: string | undefined) => models.find((model) => model.id === id)?.size;

describe('recommendModel', () => {
  it('takes the largest that sees and writes faster than people read', () => {
    const fast = recommended(12 * GB, 16);
    expect(sizeOf(fast?.modelId)).toBe('12B');
    expect(fast?.why).toMatch(/^The largest that sees pictures and still writes faster than people read: about \d/);
    expect(sizeOf(recommended(40 * GB, 60)?.modelId)).toBe('27B');
    expect(sizeOf(recommended(40 * GB, 8)?.modelId)).toBe('4B');
  });

  it('takes the smallest that sees while nothing was measured, and says so', () => {
    const unknown = recommended(40 * GB, null);
    expect(sizeOf(unknown?.modelId)).toBe('4B');
    expect(unknown?.why).toContain('once the speed was measured');
  });

  it('says what is wrong with the smallest that sees', () => {
    expect(recommended(12 * GB, 2)?.why).toBe('The smallest that sees pictures. It is slower than people read: 2.0 words/s.');
    const short = recommended(3.8 * GB, 16);
    expect([sizeOf(short?.modelId), short?.why]).toEqual(['4B', 'The smallest that sees pictures. It fits with 4K of context.']);
  });

  it('goes on to text where none that sees is of use', () => {
    expect(sizeOf(recommended(12 * GB, 1.3)?.modelId)).toBe('1B');
    expect(sizeOf(recommended(2 * GB, 16)?.modelId)).toBe('1B');
    expect(sizeOf(recommended(0.1 * GB, 16)?.modelId)).toBe('270M');
  });

  it('takes the recommended variant of a size, unless another is here', () => {
    expect(recommended(12 * GB, 10)?.modelId).toBe('gemma-3-4b-it-qat-q4_0');
    const here = models.map((model): Model => (model.id === 'gemma-3-4b-it-q8_0' ? { ...model, state: { kind: 'installed' } } : model));
    expect(recommended(12 * GB, 10, here)?.modelId).toBe('gemma-3-4b-it-q8_0');
  });

  it('is nothing while nothing is known', () => {
    expect(recommendModel(models, new Map())).toBeNull();
  });
});
