import type { AppState } from '../../../electron/shared/appState.ts';
import type { Model } from '../../../electron/shared/models.ts';
import type { FakeHostOptions } from '../fakeHost.ts';
import { catalogueSample, sampleSpeeds } from './catalogueSamples.ts';
import { sampleState, seeingModel } from './samples.ts';

/** What the picker of models is judged by. */
export const pickers: Readonly<Record<string, { readonly state: Partial<AppState>; readonly speeds: FakeHostOptions['speeds'] }>> = {
  models: {
    state: {
      models: catalogueSample({
        '270M': { kind: 'installed' },
        '1B': { kind: 'paused', receivedBytes: 3e8, totalBytes: 1e9 },
        '4B': { kind: 'installed' },
        '12B': { kind: 'downloading', receivedBytes: 3.1e9, totalBytes: 8.1e9, bytesPerSecond: 2.4e7, source: 'huggingface.co' },
        '27B': { kind: 'queued', receivedBytes: 0, totalBytes: 1.7e10, before: 1 },
      }),
    },
    speeds: sampleSpeeds,
  },
  modelsFirst: {
    state: {
      models: catalogueSample({
        '12B': { kind: 'failed', error: { code: 'networkFailed', details: { host: 'huggingface.co', reason: 'no answer' } } },
      }),
      engine: { kind: 'idle' },
      settings: { ...sampleState().settings, modelId: null, offline: true, termsAccepted: false },
    },
    speeds: [],
  },
  modelsLoading: {
    state: {
      models: catalogueSample({ '4B': { kind: 'installed' } }),
      engine: { kind: 'loading', modelId: 'gemma-3-4b-it-qat-q4_0', fraction: 0.4 },
    },
    speeds: sampleSpeeds,
  },
};

/** Searches by meaning. */
export const searchModel: Model = {
  ...seeingModel,
  id: 'local-embedding',
  name: 'EmbeddingGemma 300M',
  size: 'custom',
  quantisation: 'Q8_0',
  text: { path: '/models/embeddinggemma-300M-Q8_0.gguf', bytes: 3.29e8, sha256: 'ee' },
  projector: null,
  search: true,
};

const longName = `a-very-long-name-${'of-a-machine-'.repeat(6)}example`;

const servedBy = { address: 'https://gpu.example:8000/v1', host: 'gpu.example', nearby: false } as const;
const served: Model = {
  ...seeingModel,
  id: 'server-1',
  name: 'gemma-3-27b-it',
  size: '27B',
  text: { path: null, bytes: null, sha256: null },
  projector: null,
  server: servedBy,
};

/** Models that servers of the user's run. */
export const servedModels: readonly Model[] = [
  served,
  { ...served, id: 'server-2', name: longName, server: { ...servedBy, host: longName } },
];
