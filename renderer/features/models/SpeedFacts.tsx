import type { ModelSpeed } from '../../../electron/shared/speed.ts';
import styles from './PickedModel.module.css';
import { wordsInWords } from './speedWords.ts';
import { durationInWords, shortDuration } from '../../../electron/shared/durationInWords.ts';

/** How quick a model is here, measured or predicted; nothing before any was measured. */
export function SpeedFacts({ speed }: { readonly speed: ModelSpeed | null }) {
  if (speed === null) return null;
  const facts: readonly (readonly [string, string])[] = [
    ['Writes', wordsInWords(speed.wordsPerSecond)],
    ...(speed.imageSeconds === null ? [] : [['Looks at a picture in', shortDuration(speed.imageSeconds * 1000)] as const]),
    ['Reads 100 pages in', durationInWords(speed.minutesPer100Pages * 60_000)],
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
