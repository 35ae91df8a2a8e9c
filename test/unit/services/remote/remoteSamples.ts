import type { LoadParams, RunParams } from '../../../../electron/engine/engineContract.ts';

/** A server's model, and one question of it. */
export const load: LoadParams = {
  server: 'server-0123456789ab',
  textPath: '',
  projectorPath: null,
  contextTokens: 8192,
  gpu: 'auto',
  threads: 0,
  vocabularyOnly: false,
};
export const run: RunParams = {
  runId: 'r1',
  parts: [
    { kind: 'control', text: '<start_of_turn>user\n' },
    { kind: 'text', text: 'Total?' },
    { kind: 'control', text: '<end_of_turn>\n<start_of_turn>model\n' },
  ],
  sampling: { temperature: 1, topK: 64, topP: 0.95, minP: 0, seed: 7 },
  maxTokens: 100,
  stopTexts: [],
};
