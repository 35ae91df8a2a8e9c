import { ExternalLink } from 'lucide-react';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { sizeWords } from './modelFacts.ts';
import styles from './TermsDialog.module.css';

export interface TermsDialogProps {
  /** The model that is about to be downloaded; null while the dialog is closed. */
  readonly model: Model | null;
  readonly onAccept: () => void;
  readonly onClose: () => void;
}

/** Google's terms for Gemma, shown once before the first download. */
export function TermsDialog({ model, onAccept, onClose }: TermsDialogProps) {
  const size = model === null ? '' : ` (${sizeWords(model)})`;
  return (
    <Dialog
      open={model !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Gemma’s terms of use"
      description="Gemma 3 is made by Google and comes with Google’s own terms. You agree to them once, before the first download."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button variant="primary" onClick={onAccept}>
            Agree and download{size}
          </Button>
        </>
      }
    >
      <ul className={styles['points']}>
        <li>You may use it at home and at work, and what it writes for you is yours.</li>
        <li>Some uses are not allowed, such as deceiving or harming people; the policy lists them.</li>
        <li>Whoever passes the model on must pass on the same terms.</li>
      </ul>
      <p className={styles['links']}>
        <TermsLink address="https://ai.google.dev/gemma/terms">Gemma Terms of Use</TermsLink>
        <TermsLink address="https://ai.google.dev/gemma/prohibited_use_policy">Prohibited use policy</TermsLink>
      </p>
      <p className={styles['note']}>Downloading a model tells nobody what you ask, nor what is in your files.</p>
    </Dialog>
  );
}

function TermsLink({ address, children }: { readonly address: string; readonly children: string }) {
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" className={styles['link']}>
      {children}
      <ExternalLink size={16} aria-hidden="true" />
    </a>
  );
}
