import type { EngineDevice, Placement } from '../engineContract.ts';
import type { LoadPlan } from '../nativeBinding.ts';

/** What was given up, one sentence for each step down. `reasons` says by name why a device that was left behind could not take the model. */
export function placementSentences(
  placed: Placement,
  wanted: { readonly contextTokens: number; readonly plan: LoadPlan; readonly devices: readonly EngineDevice[] },
  reasons: ReadonlyMap<string, string>,
): readonly string[] {
  const { plan, devices, contextTokens } = wanted;
  const described = (name: string): string => devices.find((device) => device.name === name)?.description ?? name;
  const left = devices.slice(0, placed.device === null ? devices.length : devices.findIndex(({ name }) => name === placed.device));
  const where = placed.device === null ? 'the CPU' : described(placed.device);
  const sentences = left.map(
    ({ name }) =>
      `${described(name)} could not take the model (${reasons.get(name) ?? 'it has too little memory free'}); it runs on ${where}`,
  );
  if (placed.device === null) return sentences;
  if (placed.layers !== -1) sentences.push(`${where} has room for ${placed.layers} of ${plan.layers} layers; the others run on the CPU`);
  if (placed.contextTokens < contextTokens)
    sentences.push(`${where} has room for a context of ${placed.contextTokens} tokens only, not for ${contextTokens}`);
  if (placed.visionOnCpu && plan.vision > 0) sentences.push(`${where} has no room left for looking at pictures; that runs on the CPU`);
  return sentences;
}
