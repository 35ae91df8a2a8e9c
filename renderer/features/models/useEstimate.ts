import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import { useEstimates } from './useEstimates.ts';

/** What a model would take on this machine with the context of the settings; null until it is known. */
export function useEstimate(modelId: string): ModelEstimate | null {
  return useEstimates([modelId]).get(modelId) ?? null;
}
