import { gemmaTemperature } from '../../../electron/shared/generation.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { Switch } from '../../components/Switch.tsx';
import { settingRanges } from './settingRanges.ts';

export interface TemperatureFieldProps {
  /** Null for what suits the model. */
  readonly value: number | null;
  readonly onCommit: (temperature: number | null) => void;
}

/** How bold the choice of words is; by default the model decides. */
export function TemperatureField({ value, onCommit }: TemperatureFieldProps) {
  return (
    <>
      <Switch
        label="Temperature that suits the model"
        hint="1 for Gemma’s instruction-tuned models; 0 for pretrained ones and the built-in reader, which wander otherwise."
        checked={value === null}
        onCheckedChange={(on) => onCommit(on ? null : gemmaTemperature)}
      />
      {value !== null && (
        <NumberField
          label="Temperature"
          hint="0 always takes the likeliest word; 1 is Gemma’s default; more is bolder. From 0 to 2."
          value={value}
          range={settingRanges.temperature}
          step={0.1}
          onCommit={onCommit}
        />
      )}
    </>
  );
}
