import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import styles from './ErrorCard.module.css';
import { classNames } from './classNames.ts';

export interface ErrorCardProps {
  /** What happened, one sentence. */
  readonly what: string;
  /** What to do, one sentence. */
  readonly doNext: string;
  /** `warning` when things go on without the user. */
  readonly tone?: 'error' | 'warning';
  /** The one or two buttons that do it. */
  readonly actions?: ReactNode;
  /** Text for those who want to know more; folded. */
  readonly details?: string;
}

/** An error in place: what happened, what to do, the buttons that do it; details fold out. */
export function ErrorCard({ what, doNext, tone = 'error', actions, details }: ErrorCardProps) {
  const titleId = useId();
  return (
    <section role="alert" aria-labelledby={titleId} className={classNames(styles['card'], styles[tone])}>
      <CircleAlert size={16} aria-hidden="true" className={styles['icon']} />
      <div className={styles['body']}>
        <p id={titleId} className={styles['what']}>
          {what}
        </p>
        {doNext !== '' && <p className={styles['next']}>{doNext}</p>}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
        {details !== undefined && details !== '' && (
          <details className={styles['details']}>
            <summary>Details</summary>
            <pre>{details}</pre>
          </details>
        )}
      </div>
    </section>
  );
}
