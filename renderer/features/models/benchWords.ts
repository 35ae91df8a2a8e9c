import type { BenchProgress } from '../../../electron/shared/speed.ts';

const steps: Readonly<Record<BenchProgress['step'], string>> = {
  loading: 'is loaded',
  reading: 'reads',
  writing: 'writes',
  looking: 'looks at a picture',
};

/** What a measurement is doing: "Gemma 3 4B reads". */
export function benchWords(progress: BenchProgress | null): string {
  return progress === null ? 'Getting ready' : `${progress.name} ${steps[progress.step]}`;
}
