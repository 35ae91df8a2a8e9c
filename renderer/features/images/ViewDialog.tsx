import type { Rect } from '../../../electron/shared/attachments.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ExactView } from './ExactView.tsx';
import styles from './ViewDialog.module.css';

interface ViewDialogProps {
  readonly attachmentId: string;
  readonly rect: Rect | null;
  readonly side: number;
  readonly name: string;
  /** The part of the picture that the view shows, in pixels. */
  readonly from: { readonly width: number; readonly height: number };
  readonly onClose: () => void;
}

/** One view at its own size: what cannot be read here, the model cannot read either. */
export function ViewDialog({ attachmentId, rect, side, name, from, onClose }: ViewDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={name}
      description={`${from.width} × ${from.height} pixels of the picture, as the model gets them: ${side} × ${side}.`}
      width="wide"
    >
      <div className={styles['scroller']} tabIndex={0} role="region" aria-label={`${name} at its own size`}>
        <div style={{ width: side }}>
          <ExactView attachmentId={attachmentId} rect={rect} side={side} name={`${name} as the model gets it`} />
        </div>
      </div>
    </Dialog>
  );
}
