import type { RunResult } from '../../engine/engineContract.ts';
import { releasedSizes } from '../../shared/gemmaSizes.ts';
import type { ModelSize } from '../../shared/models.ts';
import { numbersOf } from '../../shared/weightBytes.ts';
import type { ActiveModel } from '../generation/modelHost.ts';
import { type DecodeCost, type LinearCost, type PrefillCost, type Timed, fitLinear, fitPrefill } from './runCost.ts';
import { type Machine, type Measurements, type SpeedStore, decodeCost } from './speedStore.ts';

/** Fewer tokens than these are over before a clock says much. */
const leastPrefill = 8;
const leastDecode = 8;
/** What attention adds for each token of depth as a share of a token's cost, for shapes without a formula: that of the smallest model. */
const commonGrowth = 6e-5;

/** What runs cost on this machine by what was measured here, each null while it never was. */
export interface RunCosts {
  readonly prefill: PrefillCost | null;
  readonly decode: DecodeCost | null;
  /** Reading a kept state of so many tokens from disk. */
  readonly takeUp: LinearCost | null;
  /** What else passes before the first token of a prompt of so many tokens: planning, counting, choosing. */
  readonly overhead: LinearCost | null;
}

/** Learns from every run what the next one takes. */
export interface RunSpeeds {
  /** Nothing while the model's hash is not known, and nothing of a run that was cut short. @throws FacetError diskFailed */
  record(
    active: ActiveModel,
    run: Pick<RunResult, 'promptTokens' | 'cachedTokens' | 'prefillMs' | 'decodeMs' | 'takeUpMs' | 'ids' | 'stopReason'>,
  ): void;
  /** What passed before the first token of a prompt beside encoding, taking up and reading. @throws FacetError diskFailed */
  recordOverhead(active: ActiveModel, overhead: Timed): void;
  costs(active: ActiveModel): RunCosts;
}

export function createRunSpeeds(store: SpeedStore): RunSpeeds {
  return {
    record: (active, { promptTokens, cachedTokens, prefillMs, decodeMs, takeUpMs, ids, stopReason }) => {
      const machine = machineOf(active);
      if (machine === null || (stopReason === 'cancelled' && ids.length === 0)) return;
      const readMs = prefillMs - takeUpMs;
      if (promptTokens - cachedTokens >= leastPrefill && readMs > 0) {
        store.recordPrefill(machine, { from: cachedTokens, to: promptTokens, ms: readMs });
      }
      if (takeUpMs > 0 && cachedTokens > 0) store.recordTakeUp(machine, { tokens: cachedTokens, ms: takeUpMs });
      const written = ids.length - 1;
      if (written >= leastDecode && decodeMs > 0) store.recordDecode(machine, { depth: promptTokens, tokens: written, ms: decodeMs });
    },
    recordOverhead: (active, overhead) => {
      const machine = machineOf(active);
      if (machine !== null && overhead.tokens > 0 && overhead.ms > 0) store.recordOverhead(machine, overhead);
    },
    costs: (active) => {
      const machine = machineOf(active);
      const measured = machine === null ? null : store.of(machine);
      return measured === null ? { prefill: null, decode: null, takeUp: null, overhead: null } : costsOf(measured, active.model.size);
    },
  };
}

/** Null while the file's hash is not known. */
export function machineOf({ model, loaded, threads, cacheType }: ActiveModel): Machine | null {
  const modelSha256 = model.text.sha256;
  return modelSha256 === null ? null : { modelSha256, backend: loaded.backend, threads, cacheType };
}

export function costsOf(measured: Measurements, size: ModelSize): RunCosts {
  const decode = decodeCost(measured);
  // A pass that reads one token is what writing a token takes: it says what every pass costs, however short.
  const onePass = measured.decodes.map(({ depth, tokens, ms }) => ({ from: depth, to: depth + 1, ms: ms / tokens }));
  return {
    decode,
    prefill: measured.prefills.length === 0 ? null : fitPrefill([...measured.prefills, ...onePass], attentionGrowth(size)),
    takeUp: fitLinear(measured.takeUps),
    overhead: fitLinear(measured.overheads),
  };
}

/** Multiplications of a global layer's attention for one token more of depth (scores and sums), beside those of all weights for a token. */
export function attentionGrowth(size: ModelSize): number {
  if (size === 'custom') return commonGrowth;
  const shape = releasedSizes[size];
  return (2 * shape.heads * shape.headWidth * shape.globalLayers) / numbersOf(shape).matrices;
}
