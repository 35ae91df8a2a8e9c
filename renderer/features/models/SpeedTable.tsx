import type { ModelSpeed } from '../../../electron/shared/speed.ts';
import styles from './SpeedPanel.module.css';
import { wordsInWords } from './speedWords.ts';
import { durationInWords, shortDuration } from '../../../electron/shared/durationInWords.ts';

/** What was measured first, then what was predicted; in the order given. */
export function SpeedTable({ speeds }: { readonly speeds: readonly ModelSpeed[] }) {
  const ordered = speeds.toSorted((a, b) => Number(a.predicted) - Number(b.predicted));
  return (
    <div className={styles['frame']}>
      <table className={styles['table']}>
        <caption className="visuallyHidden">Speed of models on this computer</caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Writes</th>
            <th scope="col">A picture</th>
            <th scope="col">100 pages</th>
            <th scope="col">How known</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((speed) => (
            <tr key={speed.modelId ?? speed.size} data-predicted={speed.predicted}>
              <th scope="row">
                {speed.name} <span className={styles['variant']}>{speed.quantisation}</span>
              </th>
              <td>{wordsInWords(speed.wordsPerSecond)}</td>
              <td>{speed.imageSeconds === null ? '–' : shortDuration(speed.imageSeconds * 1000)}</td>
              <td>{durationInWords(speed.minutesPer100Pages * 60_000)}</td>
              <td>{speed.predicted ? 'Predicted' : `Measured on ${speed.backend}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
