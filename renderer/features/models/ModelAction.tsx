import { Check, Ellipsis, Trash2, X } from 'lucide-react';
import { contextInWords, type ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Menu } from '../../components/Menu.tsx';
import type { UndoOffers } from '../../state/useUndoNote.tsx';
import { ModelDownload } from './ModelDownload.tsx';
import { isImported, isInstalled } from './modelFacts.ts';
import styles from './PickedModel.module.css';
import { useModelActions } from './useModelActions.ts';
import { useSwitchModel } from './useSwitchModel.ts';

export interface ModelActionProps {
  readonly model: Model;
  readonly models: readonly Model[];
  readonly engine: EngineState;
  readonly estimate: ModelEstimate | null;
  /** A download cannot be begun now; the panel says why. */
  readonly blocked: boolean;
  readonly onDownload: (model: Model) => void;
  readonly offerUndo: UndoOffers['offer'];
}

/** The one thing to do with a model just now, and what else can be done behind the dots. */
export function ModelAction(props: ModelActionProps) {
  const { model, estimate } = props;
  const actions = useModelActions();
  const removable = !model.builtIn && (isInstalled(model) || model.state.kind === 'failed');
  const verb = isImported(model) || model.server !== undefined ? 'Forget it' : 'Remove it from this computer';
  return (
    <div className={styles['actions']}>
      <MainAction {...props} verdict={estimate?.verdict.kind ?? 'fits'} />
      {removable && (
        <Menu
          align="end"
          trigger={
            <IconButton label={`More about ${model.name}`}>
              <Ellipsis size={16} />
            </IconButton>
          }
          entries={[
            {
              kind: 'action',
              label: verb,
              icon: <Trash2 size={16} />,
              tone: 'danger',
              onSelect: () => void actions.remove(model, props.offerUndo),
            },
          ]}
        />
      )}
    </div>
  );
}

type Verdict = ModelEstimate['verdict']['kind'];

function MainAction({ model, models, engine, estimate, verdict, blocked, onDownload }: ModelActionProps & { readonly verdict: Verdict }) {
  const { unload, setContext } = useModelActions();
  const switchModel = useSwitchModel();
  const active = engine.kind !== 'idle' && engine.modelId === model.id;
  if (active && engine.kind === 'ready') {
    return (
      <>
        <span className={styles['inUse']}>
          <Check size={16} aria-hidden="true" />
          In use
        </span>
        <Button onClick={() => void unload()}>Unload</Button>
      </>
    );
  }
  if (active && engine.kind === 'loading') {
    return (
      <Button icon={<X size={16} />} onClick={() => void unload()}>
        {engine.checking === true ? 'Stop' : `Stop loading (${Math.round(engine.fraction * 100)} %)`}
      </Button>
    );
  }
  if (isInstalled(model)) {
    if (estimate?.verdict.kind === 'fitsWith') {
      const { contextTokens } = estimate.verdict;
      return (
        <Button variant="primary" onClick={() => void setContext(contextTokens).then(() => switchModel(model))}>
          {`Use with ${contextInWords(contextTokens)}`}
        </Button>
      );
    }
    return (
      <Button variant={verdict === 'tooBig' ? 'secondary' : 'primary'} onClick={() => switchModel(model)}>
        {verdict === 'tooBig' ? 'Use anyway' : 'Use'}
      </Button>
    );
  }
  if (model.state.kind !== 'available') return null;
  return (
    <ModelDownload
      model={model}
      models={models}
      onDownload={onDownload}
      primary={verdict !== 'tooBig'}
      disabled={blocked}
      verb={verdict === 'tooBig' ? 'Download anyway' : 'Download'}
    />
  );
}
