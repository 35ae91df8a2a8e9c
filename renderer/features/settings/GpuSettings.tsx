import { Download, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';
import type { GpuOverview, GpuPackState } from '../../../electron/shared/gpu.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { sentence } from '../../state/sentence.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import styles from './SettingsDialog.module.css';
import { gpuHint, gpuOptions, wantedPack } from './gpuOptions.ts';
import { useSettings } from './useSettings.ts';

/** What a model runs on: the cards of this computer by name, and the pack that a card still lacks. */
export function GpuSettings() {
  const { client, view } = useFacet();
  const { settings, update } = useSettings();
  const engine = useApp(({ app }) => app?.engine ?? null);
  const [overview, setOverview] = useState<GpuOverview | null>(null);
  const [fetching, setFetching] = useState(false);
  const fetch = useRef<AbortController | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    // Without the list the usual choices are there, and the reason would not help anybody here.
    client.request('gpu.describe', {}, abort.signal).then(setOverview, () => undefined);
    return () => abort.abort();
  }, [client]);
  useEffect(() => () => fetch.current?.abort(), []);

  const get = async ({ name }: GpuPackState): Promise<void> => {
    const abort = new AbortController();
    fetch.current = abort;
    setFetching(true);
    try {
      setOverview(await client.request('gpu.get', { name }, abort.signal));
    } catch (error) {
      if (!abort.signal.aborted) view.notify(sentence(toErrorData(error)));
    }
    setFetching(false);
  };
  const pack = wantedPack(overview);
  return (
    <>
      <Select
        label="Graphics card"
        hint={gpuHint(overview, settings.gpu, engine)}
        value={settings.gpu}
        options={gpuOptions(settings.gpu, overview?.devices ?? [])}
        onValueChange={(gpu) => update({ gpu })}
      />
      {pack !== null && (
        <div className={styles['reload']}>
          <p className={styles['note']} role="status">
            {fetching
              ? `Getting support for graphics cards: ${bytesInWords(pack.downloadBytes)}`
              : `Support for graphics cards (Vulkan) is ${bytesInWords(pack.downloadBytes)} to download.`}
          </p>
          {fetching ? (
            <Button size="small" icon={<X size={16} />} onClick={() => fetch.current?.abort()}>
              Cancel
            </Button>
          ) : (
            <Button size="small" icon={<Download size={16} />} onClick={() => void get(pack)}>
              Get it
            </Button>
          )}
        </div>
      )}
    </>
  );
}
