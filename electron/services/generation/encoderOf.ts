import type { Encoder } from '../images/encoderSpeeds.ts';
import type { ActiveModel } from './modelHost.ts';

/** What encodes pictures for this model; null when it sees nothing, or its projector's hash is not known yet. */
export function encoderOf({ model, loaded }: ActiveModel): Encoder | null {
  const projectorSha256 = model.projector?.sha256 ?? null;
  if (loaded.vision === null || projectorSha256 === null) return null;
  const backend = loaded.placement?.visionOnCpu === true ? 'CPU' : loaded.backend;
  return { projectorSha256, backend, side: loaded.vision.side };
}
