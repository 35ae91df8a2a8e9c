import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';
import type { KeptStates } from '../../../electron/shared/library.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';
import { useFetched } from '../../state/useFetched.ts';
import { settingRanges } from './settingRanges.ts';
import styles from './SettingsDialog.module.css';
import { useSettings } from './useSettings.ts';

/** What is kept of long chats and documents so that they need not be read again: how much it may be, how much it is, and its end. */
export function KeptStatesSettings() {
  const { client, view } = useFacet();
  const { settings, update } = useSettings();
  const [kept, setKept] = useFetched('state.usage');
  const [asking, setAsking] = useState(false);
  const removeAll = (): void => {
    client.request('state.removeAll', {}).then(setKept, (error: unknown) => view.notify(sentence(toErrorData(error))));
  };
  return (
    <section className={styles['group']}>
      <NumberField
        label="Disk for what was read"
        hint="Long chats and documents go on after a restart without being read again. From 0, which keeps nothing, to 256; never more than a quarter of the free disk."
        value={settings.stateGigabytes}
        range={settingRanges.stateGigabytes}
        step={1}
        unit="GiB"
        onCommit={(stateGigabytes) => update({ stateGigabytes })}
      />
      <div className={styles['reload']}>
        <p className={styles['note']} role="status">
          {kept === null ? 'Counting' : usageText(kept)}
        </p>
        <Button size="small" icon={<Trash2 size={16} />} disabled={kept === null || kept.bytes === 0} onClick={() => setAsking(true)}>
          Delete all
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete all that is kept of what was read?"
        body="No chat and no document is lost. The next question in each is slower once, because it is read again."
        confirmLabel="Delete all"
        tone="danger"
        onConfirm={removeAll}
      />
    </section>
  );
}

function usageText({ chats, bytes }: KeptStates): string {
  if (bytes === 0) return 'Nothing is kept now.';
  return `${bytesInWords(bytes)} now, for ${chats === 1 ? '1 chat' : `${chats} chats`}.`;
}
