import { Minus, Plus } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { Field } from './Field.tsx';
import styles from './NumberField.module.css';
import { describeRange, formatNumber, readNumber, stepNumber, type NumberRange } from './numberText.ts';

export interface NumberFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number;
  readonly range: NumberRange;
  /** Of the arrow keys and the buttons. */
  readonly step: number;
  /** After the number, such as "tokens". */
  readonly unit?: string;
  /** Called with valid numbers only, when the field is left, Enter is pressed or a step is taken. */
  readonly onCommit: (value: number) => void;
}

/** A number with its allowed range. What is typed stays as typed until it is right; what is wrong is said below it. */
export function NumberField({ label, hint, value, range, step, unit, onCommit }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? formatNumber(value);
  const reading = readNumber(text, range);
  const error = reading.kind === 'invalid' ? reading.reason : null;

  const commit = (): void => {
    if (draft === null || reading.kind === 'invalid') return;
    setDraft(null);
    if (reading.value !== value) onCommit(reading.value);
  };
  const stepBy = (direction: 1 | -1): void => {
    const from = reading.kind === 'value' ? reading.value : value;
    const next = stepNumber(from, step, direction, range);
    setDraft(null);
    if (next !== value) onCommit(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      stepBy(event.key === 'ArrowUp' ? 1 : -1);
    } else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    }
  };
  return (
    <Field label={label} hint={hint ?? describeRange(range)} error={error} layout="row">
      {(control) => (
        <span className={styles['number']}>
          <button type="button" tabIndex={-1} aria-hidden="true" className={styles['step']} onClick={() => stepBy(-1)}>
            <Minus size={16} />
          </button>
          <input
            {...control}
            className={styles['input']}
            inputMode={range.whole === true ? 'numeric' : 'decimal'}
            autoComplete="off"
            role="spinbutton"
            aria-valuemin={range.minimum}
            aria-valuemax={range.maximum}
            aria-valuenow={value}
            value={text}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={commit}
            onKeyDown={onKeyDown}
          />
          {unit !== undefined && <span className={styles['unit']}>{unit}</span>}
          <button type="button" tabIndex={-1} aria-hidden="true" className={styles['step']} onClick={() => stepBy(1)}>
            <Plus size={16} />
          </button>
        </span>
      )}
    </Field>
  );
}
