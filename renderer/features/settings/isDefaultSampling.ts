import { defaultSampling, type SamplingSettings } from '../../../electron/shared/generation.ts';

/** True when every value is the Gemma team's. */
export function isDefaultSampling(sampling: SamplingSettings): boolean {
  const names = Object.keys(defaultSampling) as (keyof SamplingSettings)[];
  return names.every((name) => sampling[name] === defaultSampling[name]);
}
