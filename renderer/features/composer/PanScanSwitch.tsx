import type { PanScanMode } from '../../../electron/shared/attachments.ts';
import type { AttachmentUse } from '../../../electron/shared/conversations.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './PanScanSwitch.module.css';
import { Segments, type Segment } from '../../components/Segments.tsx';

const choices: readonly Segment<PanScanMode>[] = [
  { value: 'off', word: 'Fast', means: 'One look at the whole picture' },
  { value: 'auto', word: 'Auto', means: 'Closer looks where small print needs them' },
  { value: 'reference', word: 'Fine', means: 'Closer looks at every part of a long picture' },
];

/** There once the user has drawn boxes in the picture viewer. */
const marked: Segment<PanScanMode> = { value: 'region', word: 'Marked', means: 'Closer looks at the parts you marked' };

/** How closely the model looks at one picture. */
export function PanScanSwitch({ localId, use }: { readonly localId: string; readonly use: AttachmentUse }) {
  const { attachments } = useFacet();
  return (
    <div className={styles['switch']}>
      <Segments
        label="How closely the model looks"
        name={`look ${localId}`}
        segments={use.regions.length === 0 ? choices : [...choices, marked]}
        value={use.panScan}
        onValueChange={(panScan) => attachments.setPanScan(localId, panScan)}
      />
    </div>
  );
}
