import { ArrowDownToLine, Globe, ShieldCheck } from 'lucide-react';
import { Popover } from '../../components/Popover.tsx';
import { classNames } from '../../components/classNames.ts';
import styles from './PrivacyPill.module.css';
import { usePrivacy } from './usePrivacy.ts';

const icons = { offline: ShieldCheck, downloading: ArrowDownToLine, remote: Globe } as const;

/** The header's pill: whether anything leaves or enters this computer right now. */
export function PrivacyPill() {
  const state = usePrivacy();
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
