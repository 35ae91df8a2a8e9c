import { assertNever } from '../../../electron/shared/assertNever.ts';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { GpuDevice, GpuOverview, GpuPackState } from '../../../electron/shared/gpu.ts';
import type { EngineState } from '../../../electron/shared/models.ts';
import type { SelectOption } from '../../components/Select.tsx';

/** The choices for the graphics card; a device named elsewhere (the command line, a settings file) stays choosable. */
export function gpuOptions(chosen: string, devices: readonly GpuDevice[]): readonly SelectOption<string>[] {
  const cards = devices.filter(({ kind }) => kind !== 'cpu');
  const known = [
    { value: 'auto', label: 'Automatic' },
    { value: 'off', label: 'Off, processor only' },
    ...cards.map(({ name, description, backend, totalBytes }) => ({
      value: name,
      label: `${description}, ${backend}, ${bytesInWords(totalBytes)}`,
    })),
  ];
  return known.some(({ value }) => value === chosen) ? known : [...known, { value: chosen, label: `${chosen}, not here now` }];
}

/** What is worth knowing about the choice: a card that is not used and why, else what the model runs on. */
export function gpuHint(overview: GpuOverview | null, chosen: string, engine: EngineState | null): string {
  const faulty = overview?.devices.filter(({ standing, name }) => standing === 'faulty' && (chosen === 'auto' || chosen === name)) ?? [];
  const faults = chosen === 'off' ? [] : faulty.map(({ description, fault }) => `${description} is not used: ${fault}.`);
  const sentences = [...faults, ...(overview?.problems.map((problem) => (problem.endsWith('.') ? problem : `${problem}.`)) ?? [])];
  if (engine?.kind === 'ready') sentences.push(`The model in memory runs on ${engine.backend}.`);
  return sentences.length === 0 ? 'Automatic takes the fastest device that works.' : sentences.join(' ');
}

/** The card that a load would try: the chosen one, else the first. Null without one. */
export function testableDevice(overview: GpuOverview | null, chosen: string): GpuDevice | null {
  if (chosen === 'off') return null;
  const cards = overview?.devices.filter(({ kind }) => kind !== 'cpu') ?? [];
  return (chosen === 'auto' ? cards[0] : cards.find(({ name }) => name === chosen)) ?? null;
}

/** What is known of a card, in a sentence. */
export function testWords({ description, standing }: GpuDevice): string {
  switch (standing) {
    case 'untested':
      return `${description} is tested before it is first used, which can take some minutes.`;
    case 'sound':
      return `${description} passed its test: it computes what the processor computes.`;
    case 'faulty':
      return `${description} did not pass its test.`;
    default:
      return assertNever(standing, 'standing');
  }
}

/** The pack to offer: Vulkan, which serves every card, where no card is there yet and its driver is. */
export function wantedPack(overview: GpuOverview | null): GpuPackState | null {
  if (overview === null || overview.devices.some(({ kind }) => kind === 'gpu' || kind === 'integratedGpu')) return null;
  return overview.packs.find(({ name, installed, missing }) => name === 'vulkan' && !installed && missing.length === 0) ?? null;
}
