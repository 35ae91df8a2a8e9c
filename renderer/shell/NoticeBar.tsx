import { X } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../components/Button.tsx';
import { IconButton } from '../components/IconButton.tsx';
import { useFacet, useView } from '../state/useFacet.ts';
import styles from './NoticeBar.module.css';

/** How long a notice stays, in milliseconds. One with an action stays longer: it may be an Undo. */
const stay = { plain: 6000, withAction: 12_000 };

export function NoticeBar() {
  const { view } = useFacet();
  const notice = useView((slice) => slice.notice);
  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => view.dismissNotice(), notice.action === null ? stay.plain : stay.withAction);
    return () => clearTimeout(timer);
  }, [notice, view]);
  return (
    <div className={styles['place']} role="status" aria-live="polite">
      {notice !== null && (
        <div className={styles['notice']}>
          <span className={styles['text']}>{notice.text}</span>
          {notice.action !== null && (
            <Button
              size="small"
              onClick={() => {
                notice.action?.run();
                view.dismissNotice();
              }}
            >
              {notice.action.label}
            </Button>
          )}
          <IconButton label="Dismiss" size="small" onClick={() => view.dismissNotice()}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
