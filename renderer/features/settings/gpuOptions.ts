import type { SelectOption } from '../../components/Select.tsx';

/** The choices for the graphics card; a device named elsewhere (the command line, a settings file) stays choosable. */
export function gpuOptions(chosen: string): readonly SelectOption<string>[] {
  const usual = [
    { value: 'auto', label: 'Automatic' },
    { value: 'off', label: 'Off, processor only' },
  ];
  return usual.some(({ value }) => value === chosen) ? usual : [...usual, { value: chosen, label: chosen }];
}
