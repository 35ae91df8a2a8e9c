import { EyeOff } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { useApp, useFacet } from '../../state/useFacet.ts';
import styles from './SeeingChoice.module.css';
import { seeingModels } from './seeingModels.ts';
import type { BlindPictures } from './sendBlock.ts';
import { useLoadModel } from './useLoadModel.ts';

/** A picture and a model that sees nothing: said before sending, with what can be done about it. */
export function SeeingChoice({ model, pictures }: BlindPictures) {
  const { attachments, view } = useFacet();
  const models = useApp(({ app }) => app?.models);
  const { load, loading } = useLoadModel();
  const seeing = seeingModels(models ?? [])[0];
  const one = pictures.length === 1;
  return (
    <section className={styles['choice']} aria-label="This model sees no pictures">
      <EyeOff size={16} aria-hidden="true" className={styles['icon']} />
      <p className={styles['words']}>
        <strong>{model.name} sees no pictures.</strong>{' '}
        {one ? 'It gets only the text that OCR finds in this one.' : 'It gets only the text that OCR finds in these.'}
      </p>
      <div className={styles['buttons']}>
        {seeing !== undefined && (
          <Button size="small" disabled={loading} onClick={() => void load(seeing.id)}>
            {loading ? 'Loading' : `Use ${seeing.name}`}
          </Button>
        )}
        <Button size="small" variant={seeing === undefined ? 'secondary' : 'quiet'} onClick={() => view.show('picker')}>
          Other models
        </Button>
        <Button size="small" variant="quiet" onClick={() => pictures.forEach(({ localId }) => attachments.remove(localId))}>
          {one ? 'Remove the picture' : 'Remove the pictures'}
        </Button>
      </div>
    </section>
  );
}
