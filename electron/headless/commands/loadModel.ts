import type { LoadOverrides } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { EngineState, Model } from '../../shared/models.ts';
import type { AppClient } from '../appClient.ts';
import type { Output } from '../output.ts';

/** The engine with a model in it. */
export type ReadyEngine = Extract<EngineState, { kind: 'ready' }>;

/** Loads a model, saying how far it is. @throws FacetError modelLoadFailed, doesNotFit, cancelled… */
export async function loadModel(
  app: AppClient,
  model: Model,
  overrides: LoadOverrides,
  output: Output,
  signal: AbortSignal,
): Promise<ReadyEngine> {
  const unsubscribe = app.onEvent((event) => {
    if (event.name !== 'engine.changed' || event.payload.engine.kind !== 'loading') return;
    const { checking, fraction } = event.payload.engine;
    output.progress(checking === true ? `Checking the file of ${model.name}` : `Loading ${model.name}: ${Math.round(fraction * 100)} %`);
  });
  try {
    const engine = await app.request('model.load', { id: model.id, overrides }, signal);
    if (engine.kind !== 'ready') throw facetError('modelLoadFailed', { model: model.name, reason: `the engine is ${engine.kind}` });
    return engine;
  } finally {
    unsubscribe();
    output.progress(null);
  }
}
