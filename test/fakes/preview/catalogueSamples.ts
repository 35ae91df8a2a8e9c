import { projectorBytes, type Quantisation, quantisations, weightBytes } from '../../../electron/shared/weightBytes.ts';
import type { Model, ModelState, ReleasedSize } from '../../../electron/shared/models.ts';
import type { ModelSpeed } from '../../../electron/shared/speed.ts';
import { textModel, tinyReader } from './samples.ts';

const sizes: readonly ReleasedSize[] = ['270M', '1B', '4B', '12B', '27B'];

/** Models as the catalogue lists them: every size in four variants, in the states that are given by size. */
export function catalogueSample(states: Partial<Record<ReleasedSize, ModelState>>): readonly Model[] {
  const listed = sizes.flatMap((size) =>
    quantisations
      .filter((quantisation) => size !== '27B' || quantisation !== 'BF16')
      .map((quantisation) => variant(size, quantisation, states)),
  );
  return [tinyReader, ...listed, own, served];
}

function variant(size: ReleasedSize, quantisation: Quantisation, states: Partial<Record<ReleasedSize, ModelState>>): Model {
  const projector = projectorBytes(size);
  const [preferred] = quantisations;
  const state: ModelState = (quantisation === preferred ? states[size] : undefined) ?? { kind: 'available' };
  const path = state.kind === 'installed' ? `/models/${size}-${quantisation}.gguf` : null;
  return {
    ...textModel,
    id: `gemma-3-${size.toLowerCase()}-it-${quantisation === preferred ? 'qat-' : ''}${quantisation.toLowerCase()}`,
    name: `Gemma 3 ${size}`,
    size,
    quantisation,
    text: { path, bytes: weightBytes(size, quantisation), sha256: null },
    projector: projector === null ? null : { path, bytes: projector, sha256: null },
    contextLimit: projector === null ? 32_768 : 131_072,
    state,
  };
}

const own: Model = {
  ...textModel,
  id: 'local-0123456789ab',
  name: 'Gemma 3 4B tuned for recipes',
  size: '4B',
  quantisation: 'Q5_K_M',
  text: { path: '/home/me/recipes.gguf', bytes: 2.9e9, sha256: null },
};
const served: Model = {
  ...textModel,
  id: 'server-0123456789ab',
  name: 'gemma-3-27b-it',
  size: '27B',
  quantisation: '',
  text: { path: null, bytes: 0, sha256: null },
  projector: { path: null, bytes: 0, sha256: null },
  server: { address: 'https://gpu.example/v1', host: 'gpu.example', nearby: false },
};

export const sampleSpeeds: readonly ModelSpeed[] = sizes.map((size) => {
  const wordsPerSecond = 4e10 / weightBytes(size, 'Q4_0');
  return {
    modelId: size === '4B' ? 'gemma-3-4b-it-qat-q4_0' : null,
    name: `Gemma 3 ${size}`,
    size,
    quantisation: 'Q4_0',
    backend: 'CPU',
    predicted: size !== '4B',
    prefillTokensPerSecond: wordsPerSecond * 12,
    decodeTokensPerSecond: wordsPerSecond / 0.75,
    wordsPerSecond,
    imageSeconds: projectorBytes(size) === null ? null : 3.4,
    minutesPer100Pages: 53_000 / (wordsPerSecond * 12) / 60,
  };
});
