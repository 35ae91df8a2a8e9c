import { Check, Copy, Download } from 'lucide-react';
import { logText } from '../../../electron/shared/diagnostics.ts';
import { Button } from '../../components/Button.tsx';
import { saveText } from '../../state/saveFile.ts';
import { useApp } from '../../state/useFacet.ts';
import { useFetched } from '../../state/useFetched.ts';
import { useCopy } from '../chat/useCopy.ts';
import styles from './DiagnosticsSettings.module.css';
import group from './SettingsDialog.module.css';

/** What went wrong beneath the answers since Facet started, for whoever is asked to help. */
export function DiagnosticsSettings() {
  const description = useApp((slice) => slice.description);
  const { copied, copy } = useCopy();
  const [lines] = useFetched('log.read');
  const reported = lines ?? [];
  const report = (): string =>
    `Facet ${description?.version ?? ''}, ${description?.platform ?? ''}, llama.cpp ${description?.llamaVersion ?? ''}\n${logText(reported)}`;
  return (
    <section className={group['group']}>
      <div className={styles['head']}>
        <h3 className={group['heading']}>Diagnostics</h3>
        {reported.length > 0 && (
          <span className={styles['actions']}>
            <Button size="small" icon={copied ? <Check size={16} /> : <Copy size={16} />} onClick={() => copy(report())}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
            <Button size="small" icon={<Download size={16} />} onClick={() => saveText('facet-diagnostics.txt', report(), 'text/plain')}>
              Save
            </Button>
          </span>
        )}
      </div>
      <p className={group['note']}>
        {lines !== null && reported.length === 0
          ? 'The engine has reported nothing unusual since Facet started.'
          : 'What the engine reported since Facet started. No words of your chats or documents are in it, and it goes nowhere by itself.'}
      </p>
      {reported.length > 0 && (
        <ol className={styles['lines']} aria-label="What the engine reported" tabIndex={0}>
          {reported.toReversed().map(({ at, source, level, text }, index) => (
            <li key={index}>
              <time dateTime={new Date(at).toISOString()}>{new Date(at).toLocaleTimeString()}</time> {source} {level}: {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
