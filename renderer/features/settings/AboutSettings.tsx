import { useApp } from '../../state/useFacet.ts';
import styles from './SettingsDialog.module.css';
import { DiagnosticsSettings } from './DiagnosticsSettings.tsx';
import { licences } from './licences.ts';

/** Versions, and whose work Facet stands on. */
export function AboutSettings() {
  const description = useApp((slice) => slice.description);
  return (
    <>
      <section className={styles['group']}>
        <dl className={styles['facts']}>
          <div className={styles['fact']}>
            <dt>Facet {description?.version}</dt>
            <dd>
              {description?.host === 'electron' ? 'Desktop app' : 'In the browser'} · {description?.platform} · llama.cpp{' '}
              {description?.llamaVersion}
            </dd>
          </div>
        </dl>
        <p className={styles['note']}>
          Facet collects nothing. It uses the network only for downloads you asked for, and to ask a server you named.
        </p>
      </section>
      <DiagnosticsSettings />
      <section className={styles['group']}>
        <h3 className={styles['heading']}>Licences</h3>
        <dl className={styles['facts']}>
          {licences.map(({ name, licence, holder }) => (
            <div key={name} className={styles['fact']}>
              <dt>{name}</dt>
              <dd>
                {licence} · {holder}
              </dd>
            </div>
          ))}
        </dl>
        <p className={styles['note']}>
          Gemma is provided under and subject to the{' '}
          <a href="https://ai.google.dev/gemma/terms" target="_blank" rel="noopener noreferrer" className={styles['link']}>
            Gemma Terms of Use
          </a>
          .
        </p>
      </section>
    </>
  );
}
