import { classNames } from './classNames.ts';
import styles from './FileName.module.css';

/** Characters at the end of a name that always stay: an extension and what stands right before it. */
const kept = 9;

interface FileNameProps {
  readonly name: string;
  /** Before it, always whole: "Picture 2: ". */
  readonly before?: string;
  readonly className?: string | undefined;
}

/** The name of a file on one line. Too long, it loses its middle: the end tells page 3 from page 4, and a PDF from a table. */
export function FileName({ name, before = '', className }: FileNameProps) {
  const letters = Array.from(name);
  if (letters.length <= kept && before === '') return <bdi className={classNames(styles['name'], className)}>{name}</bdi>;
  return (
    <span className={classNames(styles['name'], className)} title={before + name} dir="auto">
      <span className="visuallyHidden">{before + name}</span>
      {before !== '' && (
        <span className={styles['whole']} aria-hidden="true">
          {before}
        </span>
      )}
      <span className={styles['start']} aria-hidden="true">
        {letters.slice(0, -kept).join('')}
      </span>
      <span className={styles['whole']} aria-hidden="true">
        {letters.slice(-kept).join('')}
      </span>
    </span>
  );
}
