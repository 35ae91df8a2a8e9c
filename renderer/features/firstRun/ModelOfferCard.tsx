import { Eye, Type } from 'lucide-react';
import { useId } from 'react';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { ModelDownload } from '../models/ModelDownload.tsx';
import { isInstalled, sees, sightWords } from '../models/modelFacts.ts';
import type { ModelOffer } from '../models/recommendedModels.ts';
import { useModelActions } from '../models/useModelActions.ts';
import styles from './ModelOfferCard.module.css';

export interface ModelOfferCardProps {
  readonly offer: ModelOffer;
  readonly models: readonly Model[];
  readonly onDownload: (model: Model) => void;
}

/** One size to choose: what it is good for, whether it sees, and how large the download is. */
export function ModelOfferCard({ offer: { model, why, recommended }, models, onDownload }: ModelOfferCardProps) {
  const { switchTo } = useModelActions();
  const nameId = useId();
  const Sight = sees(model) ? Eye : Type;
  // Another file of the same size may be the one that is on its way, for example after a failed first source.
  const shown =
    models.find((other) => other.size === model.size && (other.state.kind === 'downloading' || other.state.kind === 'paused')) ?? model;
  return (
    <Card selected={recommended} aria-labelledby={nameId} className={styles['card'] ?? ''}>
      <header className={styles['header']}>
        <h3 id={nameId} className={styles['name']}>
          {shown.name}
        </h3>
        {recommended && <span className={styles['mark']}>Recommended</span>}
      </header>
      <p className={styles['why']}>{why}</p>
      <p className={styles['sight']}>
        <Sight size={16} aria-hidden="true" />
        {sightWords(shown)}
      </p>
      <div className={styles['action']}>
        {isInstalled(shown) ? (
          <Button variant={recommended ? 'primary' : 'secondary'} onClick={() => void switchTo(shown.id)}>
            Use it
          </Button>
        ) : (
          <ModelDownload model={shown} models={models} onDownload={onDownload} primary={recommended} />
        )}
      </div>
    </Card>
  );
}
