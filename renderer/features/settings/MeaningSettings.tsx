import { FilePlus2, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Switch } from '../../components/Switch.tsx';
import { errorText } from '../../../electron/shared/errorText.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { useFetched } from '../../state/useFetched.ts';
import { useUndoNote } from '../../state/useUndoNote.tsx';
import { useEstimate } from '../models/useEstimate.ts';
import { useModelActions } from '../models/useModelActions.ts';
import { meaningWords } from './meaningWords.ts';
import styles from './SettingsDialog.module.css';
import { useSettings } from './useSettings.ts';

/** The search model: what it is, how many documents it has prepared, and its end. Without one, how to get one. */
export function MeaningSettings() {
  const { client, view } = useFacet();
  const { settings, update } = useSettings();
  const { remove } = useModelActions();
  const models = useApp(({ app }) => app?.models ?? null);
  const model = models?.find(({ search }) => search === true) ?? null;
  const estimate = useEstimate(model?.id ?? '');
  const [state, setState] = useFetched('meaning.describe', model?.id);
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.name === 'meaning.changed') setState(event.payload);
      }),
    [client, setState],
  );
  const problem = state?.problem ?? null;
  const { offer, note } = useUndoNote();
  if (model === null) {
    return (
      <section className={styles['group']}>
        <h3 className={styles['heading']}>Search by meaning</h3>
        {note}
        <div className={styles['reload']}>
          <p className={styles['note']}>Documents are searched by their words. With an EmbeddingGemma file, also by what they mean.</p>
          <Button size="small" icon={<FilePlus2 size={16} />} onClick={() => view.importModel()}>
            Add a model file…
          </Button>
        </div>
      </section>
    );
  }
  return (
    <section className={styles['group']}>
      <Switch
        label="Search by meaning"
        hint={`${nameWords(model)}${takenWords(estimate)}. Documents are prepared while Facet is idle; those of private chats are not.`}
        checked={settings.searchByMeaning}
        onCheckedChange={(searchByMeaning) => update({ searchByMeaning })}
      />
      {problem !== null && <ErrorCard tone="warning" {...errorText(problem)} />}
      <div className={styles['reload']}>
        <p className={styles['note']} role="status">
          {state === null ? 'Looking' : meaningWords(state, settings.searchByMeaning)}
        </p>
        <Button size="small" icon={<Trash2 size={16} />} onClick={() => void remove(model, offer)}>
          Remove the model
        </Button>
      </div>
    </section>
  );
}

/** What it will take; empty until that is known. */
function takenWords(estimate: ModelEstimate | null): string {
  if (estimate === null) return '';
  const { total, free, verdict } = estimate;
  const short = verdict.kind === 'tooBig' ? `, and ${bytesInWords(free)} are free` : '';
  return ` · takes ${bytesInWords(total)} of memory while it works${short}`;
}

function nameWords({ name, quantisation, text }: Model): string {
  return [name, quantisation, text.bytes === null ? '' : bytesInWords(text.bytes)].filter((words) => words !== '').join(' · ');
}
