import { Check, Ellipsis, Info, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Menu } from '../../components/Menu.tsx';
import { ModelDetails } from './ModelDetails.tsx';
import { ModelVerdict } from './ModelVerdict.tsx';
import { ModelDownload } from './ModelDownload.tsx';
import styles from './ModelRow.module.css';
import { factWords, isImported, isInstalled, sizeWords } from './modelFacts.ts';
import { useModelActions } from './useModelActions.ts';

export interface ModelRowProps {
  readonly model: Model;
  readonly models: readonly Model[];
  /** It is in memory or on its way there. */
  readonly active: boolean;
  readonly recommended: boolean;
  readonly onDownload: (model: Model) => void;
}

/** One model of the menu: what it can do, whether it is here, and the one thing to do with it. */
export function ModelRow({ model, models, active, recommended, onDownload }: ModelRowProps) {
  const actions = useModelActions();
  const [removing, setRemoving] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const installed = isInstalled(model);
  const partlyHere = model.state.kind === 'paused' || model.state.kind === 'failed';
  const imported = isImported(model);
  return (
    <li className={styles['row']} aria-current={active ? 'true' : undefined}>
      <div className={styles['head']}>
        <div className={styles['facts']}>
          <p className={styles['name']}>
            {model.name}
            {recommended && <span className={styles['mark']}>Recommended</span>}
          </p>
          <p className={styles['detail']}>{factWords(model)}</p>
          {!active && model.server === undefined && <ModelVerdict modelId={model.id} />}
        </div>
        {installed && active && (
          <span className={styles['inUse']}>
            <Check size={16} aria-hidden="true" />
            In use
          </span>
        )}
        {installed && !active && (
          <Button size="small" aria-label={`Use ${model.name}`} onClick={() => void actions.switchTo(model.id)}>
            Use
          </Button>
        )}
        {!installed && model.state.kind === 'available' && (
          <ModelDownload size="small" model={model} models={models} onDownload={onDownload} />
        )}
        <Menu
          align="end"
          trigger={
            <IconButton label={`More about ${model.name}`} size="small">
              <Ellipsis size={16} />
            </IconButton>
          }
          entries={[
            {
              kind: 'action',
              label: unfolded ? 'Hide details' : 'Details',
              icon: <Info size={16} />,
              onSelect: () => setUnfolded(!unfolded),
            },
            ...(!model.builtIn && (installed || partlyHere)
              ? ([
                  { kind: 'separator' },
                  {
                    kind: 'action',
                    label: imported ? 'Forget…' : 'Remove…',
                    icon: <Trash2 size={16} />,
                    tone: 'danger',
                    onSelect: () => setRemoving(true),
                  },
                ] as const)
              : []),
          ]}
        />
      </div>
      {model.notes.map((note) => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
      {!installed && model.state.kind !== 'available' && <ModelDownload model={model} models={models} onDownload={onDownload} />}
      {unfolded && <ModelDetails model={model} />}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={imported ? `Forget ${model.name}?` : `Remove ${model.name}?`}
        body={
          imported
            ? 'Facet takes it off this list. The file stays where it is.'
            : `Its files (${sizeWords(model)}) are deleted from this computer. Your conversations stay, and it can be downloaded again.`
        }
        confirmLabel={imported ? 'Forget' : 'Remove'}
        tone="danger"
        onConfirm={() => void actions.remove(model.id)}
      />
    </li>
  );
}
