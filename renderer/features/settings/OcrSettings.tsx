import { Download, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { builtInOcrLanguage, mostOcrLanguages, type OcrLanguage, type OcrProgress } from '../../../electron/shared/ocr.ts';
import { Button } from '../../components/Button.tsx';
import { Switch } from '../../components/Switch.tsx';
import { sentence } from '../../state/sentence.ts';
import { useCancellable } from '../../state/useCancellable.ts';
import { useFacet } from '../../state/useFacet.ts';
import { useFetched } from '../../state/useFetched.ts';
import { PackDownload } from './PackDownload.tsx';
import styles from './SettingsDialog.module.css';
import { useSettings } from './useSettings.ts';

/** The languages that scans and pictures of text are read in; those that are not here are fetched on a click. */
export function OcrSettings() {
  const { client, view } = useFacet();
  const { settings, update } = useSettings();
  const [languages, setLanguages] = useFetched('ocr.list');
  /** The language that comes, with its bytes so far; null when none does. */
  const [coming, setComing] = useState<OcrProgress | null>(null);
  const work = useCancellable();
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.name === 'ocr.progressed') setComing((before) => (before?.code === event.payload.code ? event.payload : before));
      }),
    [client],
  );

  const get = async ({ code, downloadBytes }: OcrLanguage): Promise<void> => {
    setComing({ code, receivedBytes: 0, totalBytes: downloadBytes });
    await work.run(async (signal) => setLanguages(await client.request('ocr.get', { code }, signal)));
    setComing(null);
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
          {coming?.code === language.code ? (
            <PackDownload {...coming} name={language.name} onCancel={work.cancel} />
          ) : (
            <>
              <p className={styles['note']}>{`${language.name} is ${bytesInWords(language.downloadBytes)} to download.`}</p>
              <Button size="small" icon={<Download size={16} />} disabled={coming !== null} onClick={() => void get(language)}>
                {`Get ${language.name}`}
              </Button>
            </>
          )}
        </div>
      ))}
    </section>
  );
}
