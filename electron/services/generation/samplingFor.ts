import type { SendOptions } from '../../shared/contract.ts';
import { defaultSampling, type Sampling } from '../../shared/generation.ts';
import type { Model, PromptProfile } from '../../shared/models.ts';

/** Pretrained checkpoints wander at the instruction-tuned models' 1.0, and small readers misread: both answer greedily unless told otherwise. */
const untunedTemperature = 0;

/** Sampling of one answer: the send's wish, else the user's settings, else what suits the model. */
export function samplingFor(
  model: Pick<Model, 'size'>,
  profile: PromptProfile,
  settings: Sampling,
  wish: SendOptions['sampling'] = {},
): Sampling {
  const untuned = profile === 'transcript' || model.size === 'custom';
  const unchanged = settings.temperature === defaultSampling.temperature;
  return { ...settings, ...(untuned && unchanged ? { temperature: untunedTemperature } : {}), ...wish };
}
