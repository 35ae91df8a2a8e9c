import { Eye, RotateCw, Type } from 'lucide-react';
import { useId } from 'react';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { RoomFor } from '../../components/RoomFor.tsx';
import { ModelDownload, type ModelDownloadProps } from '../models/ModelDownload.tsx';
import { ModelVerdict } from '../models/ModelVerdict.tsx';
import { isInstalled, sees, sightWords } from '../models/modelFacts.ts';
import type { ModelOffer } from '../models/recommendedModels.ts';
import { longestWhy } from '../models/recommendModel.ts';
import { useModelActions } from '../models/useModelActions.ts';
import { shownModel } from './shownModel.ts';
import styles from './ModelOfferCard.module.css';

export interface ModelOfferCardProps {
  readonly offer: ModelOffer;
  readonly models: readonly Model[];
  readonly onDownload: (model: Model) => void;
}

/** One size to choose: what it is good for, whether it sees, and how large the download is. */
export function ModelOfferCard({ offer: { model, why, recommended }, models, onDownload }: ModelOfferCardProps) {
  const nameId = useId();
  const Sight = sees(model) ? Eye : Type;
  const shown = shownModel(model, models);
  return (
    <Card selected={recommended} aria-labelledby={nameId} className={styles['card'] ?? ''}>
      <header className={styles['header']}>
        <h2 id={nameId} className={styles['name']}>
          {shown.name}
        </h2>
        {recommended && <span className={styles['mark']}>Recommended</span>}
      </header>
      <p className={styles['why']}>
        <RoomFor longest={longestWhy}>{shown === model ? why : (shown.notes[0] ?? why)}</RoomFor>
      </p>
      <p className={styles['sight']}>
        <Sight size={16} aria-hidden="true" />
        {sightWords(shown)}
      </p>
      <ModelVerdict modelId={shown.id} roomy />
      <div className={styles['action']}>
        <OfferAction model={shown} models={models} onDownload={onDownload} primary={recommended} />
      </div>
    </Card>
  );
}

/** What went wrong stands below the cards, where there is room for it. */
function OfferAction({ model, models, onDownload, primary }: ModelDownloadProps & { readonly primary: boolean }) {
  const { switchTo } = useModelActions();
  const variant = primary ? 'primary' : 'secondary';
  if (isInstalled(model)) {
    return (
      <Button variant={variant} onClick={() => void switchTo(model.id)}>
        Use it
      </Button>
    );
  }
  if (model.state.kind === 'failed') {
    return (
      <Button variant={variant} icon={<RotateCw size={16} />} aria-label={`Try again: ${model.name}`} onClick={() => onDownload(model)}>
        Try again
      </Button>
    );
  }
  return <ModelDownload model={model} models={models} onDownload={onDownload} primary={primary} />;
}
