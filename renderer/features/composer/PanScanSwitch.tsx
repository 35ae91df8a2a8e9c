import type { PanScanMode } from '../../../electron/shared/attachments.ts';
import type { AttachmentUse } from '../../../electron/shared/conversations.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './PanScanSwitch.module.css';

interface Choice {
  readonly mode: PanScanMode;
  readonly word: string;
  readonly means: string;
}

const choices: readonly Choice[] = [
  { mode: 'off', word: 'Fast', means: 'One look at the whole picture' },
  { mode: 'auto', word: 'Auto', means: 'Closer looks where small print needs them' },
  { mode: 'reference', word: 'Fine', means: 'Closer looks at every part of a long picture' },
];

/** There once the user has drawn boxes in the picture viewer. */
const marked: Choice = { mode: 'region', word: 'Marked', means: 'Closer looks at the parts you marked' };

/** How closely the model looks at one picture. */
export function PanScanSwitch({ localId, use }: { readonly localId: string; readonly use: AttachmentUse }) {
  const { attachments } = useFacet();
  return (
    <fieldset className={styles['switch']}>
      <legend className="visuallyHidden">How closely the model looks</legend>
      {(use.regions.length === 0 ? choices : [...choices, marked]).map((choice) => (
        <label key={choice.mode} className={styles['choice']} title={choice.means}>
          <input
            type="radio"
            className="visuallyHidden"
            name={`look ${localId}`}
            checked={use.panScan === choice.mode}
            onChange={() => attachments.setPanScan(localId, choice.mode)}
          />
          <span>{choice.word}</span>
        </label>
      ))}
    </fieldset>
  );
}
