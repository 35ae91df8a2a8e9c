import type { PanScanMode } from '../../../electron/shared/attachments.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './PanScanSwitch.module.css';

/** What the user can choose; boxes of the user's own come from the picture viewer. */
const choices: readonly { readonly mode: PanScanMode; readonly word: string; readonly means: string }[] = [
  { mode: 'off', word: 'Fast', means: 'One look at the whole picture' },
  { mode: 'auto', word: 'Auto', means: 'Closer looks where small print needs them' },
  { mode: 'reference', word: 'Fine', means: 'Closer looks at every part of a long picture' },
];

/** How closely the model looks at one picture. */
export function PanScanSwitch({ localId, mode }: { readonly localId: string; readonly mode: PanScanMode }) {
  const { attachments } = useFacet();
  return (
    <fieldset className={styles['switch']}>
      <legend className="visuallyHidden">How closely the model looks</legend>
      {choices.map((choice) => (
        <label key={choice.mode} className={styles['choice']} title={choice.means}>
          <input
            type="radio"
            className="visuallyHidden"
            name={`look ${localId}`}
            checked={mode === choice.mode}
            onChange={() => attachments.setPanScan(localId, choice.mode)}
          />
          <span>{choice.word}</span>
        </label>
      ))}
    </fieldset>
  );
}
