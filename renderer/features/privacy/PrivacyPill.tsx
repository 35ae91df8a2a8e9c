import { ArrowDownToLine, Globe, ShieldCheck } from 'lucide-react';
import { Popover } from '../../components/Popover.tsx';
import { classNames } from '../../components/classNames.ts';
import { useApp } from '../../state/useFacet.ts';
import { chosenModel } from '../composer/sendBlock.ts';
import styles from './PrivacyPill.module.css';
import { privacyState } from './privacyState.ts';

const icons = { offline: ShieldCheck, downloading: ArrowDownToLine, remote: Globe } as const;

/** The header's pill: whether anything leaves or enters this computer right now. */
export function PrivacyPill() {
  const models = useApp(({ app }) => app?.models ?? null);
  const answering = useApp(({ app }) => (app === null ? null : (chosenModel(app) ?? null)));
  const state = privacyState(window.location.hostname, window.location.protocol, models ?? [], answering);
  const Icon = icons[state.kind];
  return (
    <Popover
      label="Privacy"
      align="center"
      trigger={
        <button
          type="button"
          className={classNames(styles['pill'], state.kind !== 'offline' && styles['caution'])}
          aria-label={`Privacy: ${state.label}`}
        >
          <Icon size={16} aria-hidden="true" />
          <span className={styles['label']}>{state.label}</span>
        </button>
      }
    >
      <div className={styles['panel']}>
        {state.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </Popover>
  );
}
