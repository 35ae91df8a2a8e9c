import type { GenerationStage } from '../../../electron/shared/generation.ts';
import { Square } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './StageLine.module.css';
import { stageFraction, stageWords } from './stageWords.ts';

/** What happens right now, how far it is, and the way to stop it. */
export function StageLine({ stage }: { readonly stage: GenerationStage }) {
  const { chat } = useFacet();
  if (stage.kind === 'writing' && stage.tokens > 0) return <p className={styles['writing']}>{stageWords(stage)}</p>;
  return (
    <div className={styles['stage']}>
      <div className={styles['progress']}>
        <ProgressBar fraction={stageFraction(stage)} text={stageWords(stage)} />
      </div>
      <Button
        size="small"
        variant="quiet"
        icon={<Square size={12} fill="currentColor" aria-hidden="true" />}
        onClick={() => void chat.stop()}
      >
        Stop
      </Button>
    </div>
  );
}
