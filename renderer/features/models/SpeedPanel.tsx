import { Gauge, X } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useBench, useFacet } from '../../state/useFacet.ts';
import { benchWords } from './benchWords.ts';
import { ModelError } from './ModelError.tsx';
import styles from './SpeedPanel.module.css';
import { SpeedTable } from './SpeedTable.tsx';
import { useMachine } from './useMachine.ts';

/** How quick every model is on this computer, measured when asked for, and predicted for those that are not here. */
export function SpeedPanel() {
  const { bench } = useFacet();
  const state = useBench((slice) => slice);
  const { facts, speeds } = useMachine(state.kind === 'done' ? state.count : 0);
  const running = state.kind === 'running';
  return (
    <>
      <div className={styles['head']}>
        <p className={styles['words']}>
          Facet reads, writes and looks at a picture with each model that is here, for a minute at most. A question that comes meanwhile
          goes first.
        </p>
        {running ? (
          <Button icon={<X size={16} />} onClick={() => bench.cancel()}>
            Stop measuring
          </Button>
        ) : (
          <Button variant="primary" icon={<Gauge size={16} />} onClick={() => void bench.run()}>
            {speeds.length === 0 ? 'Measure the speed' : 'Measure again'}
          </Button>
        )}
      </div>
      {running && <ProgressBar fraction={state.progress?.fraction ?? null} text={benchWords(state.progress)} />}
      {state.kind === 'failed' && <ModelError error={state.error} />}
      {speeds.length > 0 && <SpeedTable speeds={speeds} />}
      {facts !== null && speeds.length === 0 && !running && (
        <EmptyState icon={<Gauge size={20} />} title="Nothing was measured yet">
          After the first measurement Facet says for every size how many words it writes in a second, and how long a picture and a document
          take.
        </EmptyState>
      )}
    </>
  );
}
