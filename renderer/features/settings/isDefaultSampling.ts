import { defaultSampling, type Sampling } from '../../../electron/shared/generation.ts';

/** True when every value is the Gemma team's. */
export function isDefaultSampling(sampling: Sampling): boolean {
  const names = Object.keys(defaultSampling) as (keyof Sampling)[];
  return names.every((name) => sampling[name] === defaultSampling[name]);
}
