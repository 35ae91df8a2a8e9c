import { RotateCcw } from 'lucide-react';
import { defaultSampling, type SamplingSettings } from '../../../electron/shared/generation.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { asPages } from '../context/contextWords.ts';
import { SeedField } from './SeedField.tsx';
import styles from './SettingsDialog.module.css';
import { SystemPromptField } from './SystemPromptField.tsx';
import { TemperatureField } from './TemperatureField.tsx';
import { isDefaultSampling } from './isDefaultSampling.ts';
import { settingRanges } from './settingRanges.ts';
import { useSettings } from './useSettings.ts';

/** What the model is told before every chat, and how it chooses its words. */
export function AnswerSettings() {
  const { settings, update } = useSettings();
  const { sampling } = settings;
  const sample = (patch: Partial<SamplingSettings>): void => update({ sampling: { ...sampling, ...patch } });
  return (
    <>
      <section className={styles['group']}>
        <SystemPromptField value={settings.systemPrompt} onCommit={(systemPrompt) => update({ systemPrompt })} />
        <NumberField
          label="Longest answer"
          hint={`At most ${asPages(settings.maxTokens)}. An answer that reaches it can be continued.`}
          value={settings.maxTokens}
          range={settingRanges.maxTokens}
          step={256}
          unit="tokens"
          onCommit={(maxTokens) => update({ maxTokens })}
        />
      </section>
      <section className={styles['group']}>
        <h3 className={styles['heading']}>
          How words are chosen
          {!isDefaultSampling(sampling) && (
            <Button size="small" variant="quiet" icon={<RotateCcw size={16} />} onClick={() => update({ sampling: defaultSampling })}>
              Back to Gemma’s defaults
            </Button>
          )}
        </h3>
        <TemperatureField value={sampling.temperature} onCommit={(temperature) => sample({ temperature })} />
        <NumberField
          label="Top-k"
          hint="Only this many of the likeliest words are considered. From 1 to 1,000; default 64."
          value={sampling.topK}
          range={settingRanges.topK}
          step={1}
          onCommit={(topK) => sample({ topK })}
        />
        <NumberField
          label="Top-p"
          hint="Only the likeliest words that together reach this share. Above 0, at most 1; default 0.95."
          value={sampling.topP}
          range={settingRanges.topP}
          step={0.05}
          onCommit={(topP) => sample({ topP })}
        />
        <NumberField
          label="Min-p"
          hint="Leaves out words less likely than this share of the likeliest one. From 0 to 1; default 0."
          value={sampling.minP}
          range={settingRanges.minP}
          step={0.01}
          onCommit={(minP) => sample({ minP })}
        />
        <SeedField value={sampling.seed} onCommit={(seed) => sample({ seed })} />
      </section>
    </>
  );
}
