import { Download, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { builtInOcrLanguage, mostOcrLanguages, type OcrLanguage } from '../../../electron/shared/ocr.ts';
import { Button } from '../../components/Button.tsx';
import { Switch } from '../../components/Switch.tsx';
import { sentence } from '../../state/sentence.ts';
import { useCancellable } from '../../state/useCancellable.ts';
import { useFacet } from '../../state/useFacet.ts';
import { useFetched } from '../../state/useFetched.ts';
import styles from './SettingsDialog.module.css';
import { useSettings } from './useSettings.ts';

/** The languages that scans and pictures of text are read in; those that are not here are fetched on a click. */
export function OcrSettings() {
  const { client, view } = useFacet();
  const { settings, update } = useSettings();
  const [languages, setLanguages] = useFetched('ocr.list');
  const [fetching, setFetching] = useState<string | null>(null);
  const work = useCancellable();

  const get = async (code: string): Promise<void> => {
    setFetching(code);
    await work.run(async (signal) => setLanguages(await client.request('ocr.get', { code }, signal)));
    setFetching(null);
  };
  const remove = (code: string): void => {
    client.request('ocr.remove', { code }).then(setLanguages, (error: unknown) => view.notify(sentence(toErrorData(error))));
  };
  const used = settings.ocrLanguages;
  const choose = (code: string, on: boolean): void => {
    const next = on ? [...used, code] : used.filter((one) => one !== code);
    if (next.length <= mostOcrLanguages) update({ ocrLanguages: next.length === 0 ? [builtInOcrLanguage] : next });
    else view.notify(`At most ${mostOcrLanguages} languages can be read at once.`);
  };
  const here = languages?.filter(({ state }) => state !== 'available') ?? [];
  const others = languages?.filter(({ state }) => state === 'available') ?? [];
  return (
    <section className={styles['group']}>
      <h3 className={styles['heading']}>Languages of scans</h3>
      <p className={styles['note']}>
        Scanned pages, and pictures for models that do not see, are read in these. Each takes time on every page. Other languages:{' '}
        <code>facet ocr add</code>.
      </p>
      {here.map(({ code, name, state }) => (
        <div key={code}>
          <Switch label={name} checked={used.includes(code)} onCheckedChange={(on) => choose(code, on)} />
          {state === 'installed' && !used.includes(code) && (
            <Button size="small" variant="quiet" icon={<Trash2 size={16} />} onClick={() => remove(code)}>
              {`Delete ${name}`}
            </Button>
          )}
        </div>
      ))}
      {others.map((language) => (
        <div key={language.code} className={styles['reload']}>
          <p className={styles['note']} role="status">
            {toBeHad(language, fetching === language.code)}
          </p>
          {fetching === language.code ? (
            <Button size="small" icon={<X size={16} />} onClick={work.cancel}>
              Cancel
            </Button>
          ) : (
            <Button size="small" icon={<Download size={16} />} disabled={fetching !== null} onClick={() => void get(language.code)}>
              {`Get ${language.name}`}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

function toBeHad({ name, downloadBytes }: OcrLanguage, isComing: boolean): string {
  return isComing ? `Getting ${name}: ${bytesInWords(downloadBytes)}` : `${name} is ${bytesInWords(downloadBytes)} to download.`;
}
