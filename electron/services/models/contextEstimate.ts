import type { ModelEstimate } from '../../shared/modelEstimate.ts';
import type { EngineState, Model, ModelCheck } from '../../shared/models.ts';
import type { Settings } from '../../shared/settings.ts';
import type { UsedDevices } from '../gpu/usedDevices.ts';
import { estimateModel } from './estimateModel.ts';

/** What the model in use would take with another context; null where its file cannot be looked at any more. */
export type EstimateContext = (active: { readonly model: Model }, contextTokens: number) => Promise<ModelEstimate | null>;

export interface ContextEstimateOptions {
  readonly models: { get(id: string): Model; check(path: string): Promise<ModelCheck> };
  readonly settings: () => Settings;
  readonly engine: () => EngineState;
  readonly devices: UsedDevices;
}

export function createContextEstimate({ models, settings, engine, devices }: ContextEstimateOptions): EstimateContext {
  return async ({ model }, contextTokens) => {
    try {
      return await estimateModel({
        subject: { kind: 'model', id: model.id },
        contextTokens,
        cacheType: settings().cacheType,
        check: (path) => models.check(path),
        model: (id) => models.get(id),
        engine: engine(),
        devices: await devices(),
        // The room is asked for, not the speed.
        speed: () => null,
      });
    } catch {
      // It only decides whether a larger context is offered.
      return null;
    }
  };
}
