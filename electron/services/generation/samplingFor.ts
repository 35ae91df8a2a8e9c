import type { SendOptions } from '../../shared/contract.ts';
import { gemmaTemperature, type Sampling, type SamplingSettings } from '../../shared/generation.ts';
import type { Model, PromptProfile } from '../../shared/models.ts';

/** Pretrained checkpoints wander at the instruction-tuned models' 1.0, and small readers misread: both answer greedily unless told otherwise. */
const untunedTemperature = 0;

/** Sampling of one answer: the send's wish, else the user's settings, else what suits the model. */
export function samplingFor(
  model: Pick<Model, 'size'>,
  profile: PromptProfile,
  settings: SamplingSettings,
  wish: SendOptions['sampling'] = {},
): Sampling {
  const untuned = profile === 'transcript' || model.size === 'custom';
  const suitable = untuned ? untunedTemperature : gemmaTemperature;
  return { ...settings, temperature: settings.temperature ?? suitable, ...wish };
}
