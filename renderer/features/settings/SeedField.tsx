import { NumberField } from '../../components/NumberField.tsx';
import { Switch } from '../../components/Switch.tsx';
import { settingRanges } from './settingRanges.ts';

export interface SeedFieldProps {
  /** Null draws a new one for every answer. */
  readonly value: number | null;
  readonly onCommit: (seed: number | null) => void;
}

/** The same question with the same seed gives the same answer. */
export function SeedField({ value, onCommit }: SeedFieldProps) {
  return (
    <>
      <Switch
        label="Repeatable answers"
        hint="The same question then gives the same answer. Otherwise a seed is drawn each time, and the answer’s receipt says which."
        checked={value !== null}
        onCheckedChange={(on) => onCommit(on ? 0 : null)}
      />
      {value !== null && <NumberField label="Seed" value={value} range={settingRanges.seed} step={1} onCommit={onCommit} />}
    </>
  );
}
