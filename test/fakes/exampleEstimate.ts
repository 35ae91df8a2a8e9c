import { releasedSizes, releasedVision } from '../../electron/shared/gemmaSizes.ts';
import { type CacheType, estimateMemory, largestThat, totalMemory } from '../../electron/shared/memoryEstimate.ts';
import { type EstimateSubject, judge, type ModelEstimate } from '../../electron/shared/modelEstimate.ts';
import type { ReleasedSize } from '../../electron/shared/models.ts';
import { projectorBytes, quantisations, weightBytes } from '../../electron/shared/weightBytes.ts';

/** The estimate on an imagined machine with 12 GB free, for the size that an id names. */
export function exampleEstimate(subject: EstimateSubject, contextTokens: number, cacheType: CacheType): ModelEstimate {
  const name = subject.kind === 'model' ? subject.id : subject.kind === 'released' ? subject.size : subject.path;
  const size =
    (Object.keys(releasedSizes) as ReleasedSize[]).findLast((known) => name.toLowerCase().includes(known.toLowerCase())) ?? '270M';
  const quantisation = quantisations.find((known) => name.toLowerCase().includes(known.toLowerCase())) ?? 'Q4_0';
  const projector = projectorBytes(size);
  const vision = projector === null ? null : { shape: releasedVision, weights: projector };
  const question = { shape: releasedSizes[size], weights: weightBytes(size, quantisation), vision };
  const memory = estimateMemory({ ...question, cacheType, contextTokens });
  const free = 12e9;
  const largestWith = (type: CacheType): number =>
    largestThat(question.shape, (tokens) => totalMemory(estimateMemory({ ...question, cacheType: type, contextTokens: tokens })) <= free);
  const estimate = {
    size,
    quantisation,
    contextTokens,
    cacheType,
    memory,
    total: totalMemory(memory),
    free,
    gpu: null,
    largestContext: largestWith(cacheType),
    largestContextHalved: largestWith('q8_0'),
    speed: { wordsPerSecond: 4e9 / question.weights, predicted: size !== '270M' },
  };
  return { ...estimate, verdict: judge(estimate) };
}
