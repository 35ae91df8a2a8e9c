import styles from './Segments.module.css';

export interface Segment<T extends string> {
  readonly value: T;
  readonly word: string;
  /** Said on hovering. */
  readonly means: string;
}

interface SegmentsProps<T extends string> {
  /** What is chosen, for screen readers. */
  readonly label: string;
  /** Tells the radio buttons of one page apart. */
  readonly name: string;
  readonly segments: readonly Segment<T>[];
  readonly value: T;
  readonly onValueChange: (value: T) => void;
}

/** A few choices side by side, of which one holds. */
export function Segments<T extends string>({ label, name, segments, value, onValueChange }: SegmentsProps<T>) {
  return (
    <fieldset className={styles['switch']}>
      <legend className="visuallyHidden">{label}</legend>
      {segments.map((segment) => (
        <label key={segment.value} className={styles['choice']} title={segment.means}>
          <input
            type="radio"
            className="visuallyHidden"
            name={name}
            checked={segment.value === value}
            onChange={() => onValueChange(segment.value)}
          />
          <span>{segment.word}</span>
        </label>
      ))}
    </fieldset>
  );
}
