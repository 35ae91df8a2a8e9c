import { Popover } from '../../components/Popover.tsx';
import { ProgressRing } from '../../components/ProgressRing.tsx';
import styles from './ContextGauge.module.css';
import { ContextPanel } from './ContextPanel.tsx';
import { contextGauge } from './contextParts.ts';
import { asContextSize, asPercent } from './contextWords.ts';
import { useContextUsage } from './useContextUsage.ts';

/** The header's gauge: how much of what the model can read at once is taken. Nothing while no model is loaded. */
export function ContextGauge() {
  const usage = useContextUsage();
  const gauge = usage === null ? null : contextGauge(usage);
  if (gauge === null) return null;
  const percent = asPercent(gauge.fraction);
  const size = asContextSize(gauge.available);
  const tone = gauge.excess > 0 ? 'failed' : gauge.fraction >= 0.8 ? 'warning' : 'accent';
  const words = gauge.excess > 0 ? `Too full: ${percent} % of ${size}` : `${percent} % of ${size}`;
  return (
    <Popover
      label="What the model reads"
      align="end"
      trigger={
        <button type="button" className={styles['button']} aria-label={`Context: ${words}`}>
          <ProgressRing fraction={gauge.fraction} text={words} tone={tone} />
          <span className={styles['words']}>
            {percent} %<span className={styles['size']}> of {size}</span>
          </span>
        </button>
      }
    >
      <ContextPanel gauge={gauge} />
    </Popover>
  );
}
