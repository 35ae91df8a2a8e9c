import { RotateCw } from 'lucide-react';
import type { PanScanMode } from '../../../electron/shared/attachments.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { unloadChoices } from '../../../electron/shared/settings.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Select } from '../../components/Select.tsx';
import { formatNumber } from '../../components/numberText.ts';
import { useApp } from '../../state/useFacet.ts';
import { asPages } from '../context/contextWords.ts';
import { useModelActions } from '../models/useModelActions.ts';
import { DownloadSettings } from './DownloadSettings.tsx';
import { MeaningSettings } from './MeaningSettings.tsx';
import { ModelsFolderSettings } from './ModelsFolderSettings.tsx';
import styles from './SettingsDialog.module.css';
import { GpuSettings } from './GpuSettings.tsx';
import { settingRanges } from './settingRanges.ts';
import { useSettings } from './useSettings.ts';

const panScanOptions: readonly { readonly value: Exclude<PanScanMode, 'region'>; readonly label: string }[] = [
  { value: 'auto', label: 'Closely (automatic)' },
  { value: 'reference', label: 'As Gemma’s authors do' },
  { value: 'off', label: 'Overview only' },
];

const unloadOptions = unloadChoices.map((minutes) => ({
  value: String(minutes),
  label: minutes === 0 ? 'Never' : minutes === 60 ? 'After an hour' : `After ${minutes} minutes`,
}));

/** How much the model reads at once and what it runs on. */
export function ModelSettings() {
  const { settings, update } = useSettings();
  const { load } = useModelActions();
  const engine = useApp(({ app }) => app?.engine ?? null);
  const modelId = engine?.kind === 'ready' ? engine.modelId : settings.modelId;
  const model = useApp(({ app }) => app?.models.find(({ id }) => id === modelId) ?? null);
  return (
    <>
      <section className={styles['group']}>
        <NumberField
          label="Context size"
          hint={`What a model reads at once, chat and files together: ${asPages(settings.contextTokens)}. More takes more memory.${limitWords(model, settings.contextTokens)}`}
          value={settings.contextTokens}
          range={settingRanges.contextTokens}
          step={1024}
          unit="tokens"
          onCommit={(contextTokens) => update({ contextTokens })}
        />
        <GpuSettings />
        <NumberField
          label="Processor threads"
          hint="0 lets Facet choose by what else the computer is doing. From 0 to 256."
          value={settings.threads}
          range={settingRanges.threads}
          step={1}
          onCommit={(threads) => update({ threads })}
        />
        <Select
          label="Memory of what was read"
          hint="Half takes about half the memory for the context. It is used where a test of the model on this machine found its answers as good."
          value={settings.cacheType}
          options={[
            { value: 'f16', label: 'Exact' },
            { value: 'q8_0', label: 'Half' },
          ]}
          onValueChange={(cacheType) => update({ cacheType })}
        />
        {engine?.kind === 'ready' && (
          <div className={styles['reload']}>
            <p className={styles['note']}>These four take effect when the model is loaded the next time.</p>
            <Button size="small" icon={<RotateCw size={16} />} onClick={() => void load(engine.modelId)}>
              Load again now
            </Button>
          </div>
        )}
      </section>
      <section className={styles['group']}>
        <Select
          label="Take the model out of memory"
          hint="After so long without a question. The next one loads it again by itself, which takes a moment."
          value={String(settings.unloadMinutes)}
          options={unloadOptions}
          onValueChange={(value) => update({ unloadMinutes: unloadChoices.find((minutes) => String(minutes) === value) ?? 0 })}
        />
        <Select
          label="Looking at pictures"
          hint="Closely cuts tall, wide and detailed pictures into several views, so that fine print is read. Each view takes time."
          value={settings.panScan === 'region' ? 'auto' : settings.panScan}
          options={panScanOptions}
          onValueChange={(panScan) => update({ panScan })}
        />
      </section>
      <MeaningSettings />
      <DownloadSettings />
      <ModelsFolderSettings />
    </>
  );
}

/** The setting holds for every model: one that reads less is loaded with what it can, and the next one with all of it. */
function limitWords(model: Model | null, contextTokens: number): string {
  if (model === null || model.contextLimit === 0) return '';
  const most = ` ${model.name} reads at most ${formatNumber(model.contextLimit)}`;
  return model.contextLimit < contextTokens ? `${most} and is loaded with that.` : `${most}.`;
}
