import type { ModelSpeed } from '../../../electron/shared/speed.ts';
import styles from './PickedModel.module.css';
import { minutesInWords, secondsInWords, wordsInWords } from './speedWords.ts';

/** How quick a model is here, measured or predicted; nothing before any was measured. */
export function SpeedFacts({ speed }: { readonly speed: ModelSpeed | null }) {
  if (speed === null) return null;
  const facts: readonly (readonly [string, string])[] = [
    ['Writes', wordsInWords(speed.wordsPerSecond)],
    ...(speed.imageSeconds === null ? [] : [['Looks at a picture in', secondsInWords(speed.imageSeconds)] as const]),
    ['Reads 100 pages in', minutesInWords(speed.minutesPer100Pages)],
  ];
  return (
    <dl className={styles['speeds']} aria-label={speed.predicted ? 'Predicted speed' : 'Measured speed'}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{speed.predicted ? 'Predicted' : 'Measured'}</dt>
        <dd>{speed.predicted ? 'from another model here' : `on ${speed.backend}`}</dd>
      </div>
    </dl>
  );
}
