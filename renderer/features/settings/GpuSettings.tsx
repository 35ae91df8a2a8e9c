import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { GpuDevice, GpuOverview, GpuPackState } from '../../../electron/shared/gpu.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { useCancellable } from '../../state/useCancellable.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { GpuTest } from './GpuTest.tsx';
import { PackDownload } from './PackDownload.tsx';
import styles from './SettingsDialog.module.css';
import { gpuHint, gpuOptions, testableDevice, wantedPack } from './gpuOptions.ts';
import { useSettings } from './useSettings.ts';

/** What a model runs on: the cards of this computer by name, and the pack that a card still lacks. */
export function GpuSettings() {
  const { client } = useFacet();
  const { settings, update } = useSettings();
  const engine = useApp(({ app }) => app?.engine ?? null);
  const [overview, setOverview] = useState<GpuOverview | null>(null);
  /** Bytes of the pack that came so far; null when none is fetched. */
  const [received, setReceived] = useState<number | null>(null);
  const fetching = useCancellable();
  useEffect(() => {
    const abort = new AbortController();
    // Without the list the usual choices are there, and the reason would not help anybody here.
    client.request('gpu.describe', {}, abort.signal).then(setOverview, () => undefined);
    return () => abort.abort();
  }, [client]);
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.name === 'gpu.progressed') setReceived((before) => (before === null ? null : event.payload.receivedBytes));
      }),
    [client],
  );

  const get = async ({ name }: GpuPackState): Promise<void> => {
    setReceived(0);
    await fetching.run(async (signal) => setOverview(await client.request('gpu.get', { name }, signal)));
    setReceived(null);
  };
  const pack = wantedPack(overview);
  const device = testableDevice(overview, settings.gpu);
  const tested = (now: GpuDevice): void =>
    setOverview((before) => before && { ...before, devices: before.devices.map((one) => (one.name === now.name ? now : one)) });
  return (
    <>
      <Select
        label="Graphics card"
        hint={gpuHint(overview, settings.gpu, engine)}
        value={settings.gpu}
        options={gpuOptions(settings.gpu, overview?.devices ?? [])}
        onValueChange={(gpu) => update({ gpu })}
      />
      {device !== null && <GpuTest key={device.name} device={device} onTested={tested} />}
      {pack !== null && (
        <div className={styles['reload']}>
          {received === null ? (
            <>
              <p className={styles['note']}>{`Support for graphics cards (Vulkan) is ${bytesInWords(pack.downloadBytes)} to download.`}</p>
              <Button size="small" icon={<Download size={16} />} onClick={() => void get(pack)}>
                Get it
              </Button>
            </>
          ) : (
            <PackDownload
              name="support for graphics cards"
              receivedBytes={received}
              totalBytes={pack.downloadBytes}
              onCancel={fetching.cancel}
            />
          )}
        </div>
      )}
    </>
  );
}
