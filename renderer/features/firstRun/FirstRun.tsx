import { FilePlus2, ScanEye } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { FailedDownload } from '../models/FailedDownload.tsx';
import { ModelError } from '../models/ModelError.tsx';
import { builtInModel } from '../models/modelFacts.ts';
import { needsModel } from '../models/needsModel.ts';
import { allOffers, firstOffers } from '../models/recommendedModels.ts';
import { recommendModel } from '../models/recommendModel.ts';
import { useDownload } from '../models/useDownload.tsx';
import { useEstimates } from '../models/useEstimates.ts';
import { useModelActions } from '../models/useModelActions.ts';
import { usePrivacy } from '../privacy/usePrivacy.ts';
import { DropInvitation } from './DropInvitation.tsx';
import styles from './FirstRun.module.css';
import { ModelOfferCard } from './ModelOfferCard.tsx';
import { downloadId, failedOffers } from './firstDownloads.ts';

/** The first screen: what Facet does, and the one choice it needs. Nothing once there is a model to answer. */
export function FirstRun() {
  const { view } = useFacet();
  const { computer } = usePrivacy();
  const app = useApp((slice) => slice.app);
  const { choose, switchTo } = useModelActions();
  const { start, dialog } = useDownload({
    // The one that is downloaded from here is the one to load when it is here.
    onStart: (model) => void choose(model.id),
    requestId: downloadId,
  });
  const [allShown, setAllShown] = useState(false);
  const offered = allOffers(app?.models ?? [], null).map(({ model }) => model.id);
  const estimates = useEstimates(offered);
  if (app === null || !needsModel(app)) return null;

  const { models, engine } = app;
  const tiny = builtInModel(models);
  const recommended = recommendModel(models, estimates);
  const few = firstOffers(models, recommended);
  const all = allOffers(models, recommended);
  const offers = allShown ? all : few;
  return (
    <section className={styles['screen']} aria-label="Choose a model">
      <DropInvitation />
      <h1 className={styles['heading']}>{`Choose who answers. It runs on ${computer}.`}</h1>
      {engine.kind === 'failed' && <ModelError error={engine.error} />}
      <div className={styles['offers']}>
        {offers.map((offer) => (
          <ModelOfferCard key={offer.model.id} offer={offer} models={models} onDownload={start} />
        ))}
      </div>
      {failedOffers(offers, models).map(({ model, error }) => (
        <FailedDownload key={model.id} model={model} error={error} models={models} onDownload={start} />
      ))}
      <div className={styles['others']}>
        {tiny !== null && (
          <Button icon={<ScanEye size={16} />} onClick={() => void switchTo(tiny.id)}>
            Try it now, no download
          </Button>
        )}
        <Button variant="quiet" icon={<FilePlus2 size={16} />} onClick={() => view.importModel()}>
          Use a model file I have
        </Button>
        {all.length > few.length && (
          <Button variant="quiet" aria-expanded={allShown} onClick={() => setAllShown(!allShown)}>
            {allShown ? 'Show fewer sizes' : 'Show all sizes'}
          </Button>
        )}
      </div>
      {tiny !== null && (
        <p className={styles['note']}>
          The built-in tiny reader only reads short labels in pictures. It shows how Facet works, not how well Gemma answers.
        </p>
      )}
      {dialog}
    </section>
  );
}
