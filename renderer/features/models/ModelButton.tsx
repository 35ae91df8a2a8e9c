import { ArrowDownToLine, ChevronDown } from 'lucide-react';
import { Popover } from '../../components/Popover.tsx';
import { ProgressRing } from '../../components/ProgressRing.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { useApp, useConversation, useFacet, useView } from '../../state/useFacet.ts';
import { downloadedFraction } from './downloadsOf.ts';
import styles from './ModelButton.module.css';
import { ModelMenu } from './ModelMenu.tsx';
import { engineWords } from './modelWords.ts';
import { useArrivedModels } from './useArrivedModels.ts';

/** The header's model button with its menu. */
export function ModelButton() {
  const { view } = useFacet();
  const app = useApp((slice) => slice.app);
  const open = useView(({ overlay }) => overlay === 'models');
  const answering = useConversation((slice) => slice.kind === 'open' && slice.writing !== null);
  useArrivedModels();
  if (app === null) return null;

  const chosen = app.models.find((model) => model.id === app.settings.modelId) ?? null;
  const { tone, name, state, ring } = engineWords(app.engine, app.models, chosen, answering);
  const fetched = downloadedFraction(app.models);
  const words = state === '' ? name : `${name}, ${state}`;
  return (
    <>
      <Popover
        label="Models"
        width="wide"
        open={open}
        onOpenChange={(next) => view.show(next ? 'models' : 'none')}
        trigger={
          <button
            type="button"
            className={styles['button']}
            aria-label={`${state === '' ? name : `Model: ${words}`}${fetched === null ? '' : `, ${Math.floor(fetched * 100)} % downloaded`}`}
          >
            {ring === null ? <StatusDot tone={tone} /> : <ProgressRing fraction={ring} text={words} />}
            <span className={styles['name']}>{name}</span>
            {fetched !== null && ring === null && (
              <span className={styles['fetched']}>
                <ArrowDownToLine size={16} aria-hidden="true" />
                {`${Math.floor(fetched * 100)} %`}
              </span>
            )}
            {(tone === 'failed' || tone === 'warning') && <span className={styles[tone]}>{state}</span>}
            <ChevronDown size={16} aria-hidden="true" className={styles['arrow']} />
          </button>
        }
      >
        <ModelMenu app={app} onAll={() => view.show('picker')} onImport={() => view.importModel()} />
      </Popover>
    </>
  );
}
