import { Select } from '../../components/Select.tsx';
import { useApp } from '../../state/useFacet.ts';
import { KeptStatesSettings } from './KeptStatesSettings.tsx';
import { OcrSettings } from './OcrSettings.tsx';
import styles from './SettingsDialog.module.css';
import { useSettings } from './useSettings.ts';

/** How Facet looks, and where it keeps things. */
export function GeneralSettings() {
  const { settings, update } = useSettings();
  const dataFolder = useApp(({ description }) => description?.dataFolder ?? '');
  return (
    <>
      <section className={styles['group']}>
        <Select
          label="Colours"
          value={settings.theme}
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onValueChange={(theme) => update({ theme })}
        />
      </section>
      <OcrSettings />
      <KeptStatesSettings />
      <section className={styles['group']}>
        <dl className={styles['facts']}>
          <div className={styles['fact']}>
            <dt>Data folder</dt>
            <dd>{dataFolder}</dd>
          </div>
        </dl>
        <p className={styles['note']}>
          Conversations, attached files and downloaded models are kept here and nowhere else. Start Facet with <code>--data</code> or{' '}
          <code>FACET_DATA</code> to use another folder.
        </p>
      </section>
    </>
  );
}
