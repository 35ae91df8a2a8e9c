import type { ReactNode } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Popover } from '../../../components/Popover.tsx';
import { type JudgedLink, judgeLink } from './judgeLink.ts';
import styles from './MarkdownText.module.css';

/** A link written by a model or found in a document: it shows where it leads and opens only after that. */
export function InertLink({ address, children }: { readonly address: string; readonly children: ReactNode }) {
  const link = judgeLink(address);
  if (link.kind === 'local') return <span>{children}</span>;
  return (
    <Popover
      label="Where this link leads"
      width="wide"
      trigger={
        <button type="button" className={styles['link']}>
          {children}
        </button>
      }
    >
      <LinkDetails link={link} />
    </Popover>
  );
}

function LinkDetails({ link }: { readonly link: Exclude<JudgedLink, { kind: 'local' }> }) {
  return (
    <div className={styles['linkDetails']}>
      <p>
        {link.kind === 'refused'
          ? 'Facet does not open this kind of address.'
          : link.kind === 'mail'
            ? 'This writes a mail to:'
            : `This leads to ${link.host}:`}
      </p>
      <p className={styles['address']}>{link.address}</p>
      {link.kind !== 'refused' && (
        <div className={styles['linkActions']}>
          <Button size="small" onClick={() => window.open(link.address, '_blank', 'noopener,noreferrer')}>
            {link.kind === 'mail' ? 'Open mail program' : 'Open in browser'}
          </Button>
          <Button size="small" variant="quiet" onClick={() => void navigator.clipboard.writeText(link.address)}>
            Copy address
          </Button>
        </div>
      )}
    </div>
  );
}
