import { releasedSizes } from '../../shared/gemmaSizes.ts';
import type { Model, ModelSize, ReleasedSize } from '../../shared/models.ts';
import { type ModelSpeed, tokensPerPage, wordsPerToken } from '../../shared/speed.ts';
import { numbersOf } from '../../shared/weightBytes.ts';
import type { EncoderSpeeds } from '../images/encoderSpeeds.ts';
import { prefillMs } from './runCost.ts';
import { type RunCosts, attentionGrowth, costsOf } from './runSpeeds.ts';
import type { SpeedStore } from './speedStore.ts';

/** Where speeds are told, in tokens of depth. */
const shallowTokens = 512;
/** Largest share of the context that one prompt over a long document takes. */
const documentShare = 0.75;
const pages = 100;
/** Side of the released models' view in pixels. */
const releasedSide = 896;

/** What a speed is asked for. */
export interface SpeedSubject {
  readonly size: ModelSize;
  readonly quantisation: string;
  /** Null while it is not known, and for what is not here. */
  readonly textSha256: string | null;
  /** Bytes of the text model's tensors. */
  readonly weights: number;
  /** Of one prompt, in tokens. */
  readonly contextTokens: number;
}

/** The same with all that a report says. */
export interface ReportedSubject extends SpeedSubject {
  readonly modelId: string | null;
  readonly name: string;
  readonly projectorSha256: string | null;
  readonly sees: boolean;
}

/** What is known and what can be foretold about the speed of models on this machine. */
export interface SpeedBook {
  /** Measured where it was; else predicted from the measured model that comes nearest in bytes; null before any was measured. */
  speed(subject: ReportedSubject): ModelSpeed | null;
  /** Of that, how quickly it writes. */
  writing(subject: SpeedSubject): Pick<ModelSpeed, 'wordsPerSecond' | 'predicted'> | null;
}

interface Measured {
  readonly size: ReleasedSize;
  readonly bytes: number;
  readonly backend: string;
  readonly costs: Complete;
}

interface Known {
  readonly costs: Complete;
  readonly backend: string;
  /** What it was predicted from; null when it was measured. */
  readonly reference: Measured | null;
}

type Complete = { readonly [K in 'prefill' | 'decode']: NonNullable<RunCosts[K]> };

export function createSpeedBook(parts: {
  readonly store: SpeedStore;
  readonly encoderSpeeds: Pick<EncoderSpeeds, 'newestViewMs'>;
  readonly models: () => readonly Model[];
}): SpeedBook {
  const { store, encoderSpeeds } = parts;

  const measuredCosts = (sha256: string | null, size: ModelSize): { readonly costs: Complete; readonly backend: string } | null => {
    const machine = sha256 === null ? null : store.newest(sha256);
    const measured = machine === null ? null : store.of(machine);
    if (machine === null || measured === null) return null;
    const costs = complete(costsOf(measured, size));
    return costs === null ? null : { costs, backend: machine.backend };
  };
  /** Models of released sizes that were measured here: the others' speeds follow from theirs. */
  const references = (): readonly Measured[] =>
    parts.models().flatMap(({ size, text }) => {
      const found = size === 'custom' ? null : measuredCosts(text.sha256, size);
      return found === null || size === 'custom' || text.bytes === null ? [] : [{ size, bytes: text.bytes, ...found }];
    });
  const viewMs = (subject: ReportedSubject): number | null => {
    if (!subject.sees) return null;
    if (subject.projectorSha256 !== null)
      return encoderSpeeds.newestViewMs(subject.size === 'custom' ? null : releasedSide, subject.projectorSha256);
    // The encoder is the same in every released size.
    return subject.size === 'custom' ? null : encoderSpeeds.newestViewMs(releasedSide, null);
  };
  const known = ({ textSha256, size, weights }: SpeedSubject): Known | null => {
    const own = measuredCosts(textSha256, size);
    if (own !== null) return { ...own, reference: null };
    if (size === 'custom') return null;
    const reference = references().toSorted((a, b) => distance(a.bytes, weights) - distance(b.bytes, weights))[0];
    if (reference === undefined) return null;
    return { costs: predictCosts(reference, size, weights), backend: reference.backend, reference };
  };

  return {
    speed: (subject) => {
      const found = known(subject);
      if (found === null) return null;
      const { reference } = found;
      const predictedView = reference === null || subject.size === 'custom' || !subject.sees ? null : predictedViewMs(reference);
      return describe(subject, found, viewMs(subject) ?? predictedView);
    },
    writing: (subject) => {
      const found = known(subject);
      return found === null ? null : { wordsPerSecond: wordsPerSecond(found.costs), predicted: found.reference !== null };
    },
  };
}

/**
 * A pass, and with it writing, goes with the bytes of the weights that are fetched for it; reading goes with the multiplications of its matrices,
 * and attention with its own.
 */
export function predictCosts(
  { size: from, bytes, costs }: Pick<Measured, 'size' | 'bytes' | 'costs'>,
  size: ReleasedSize,
  weights: number,
): Complete {
  const fetched = weights / bytes;
  const multiplied = numbersOf(releasedSizes[size]).matrices / numbersOf(releasedSizes[from]).matrices;
  const attended = (multiplied * attentionGrowth(size)) / attentionGrowth(from);
  const { prefill, decode } = costs;
  return {
    prefill: { pass: prefill.pass * fetched, token: prefill.token * multiplied, depth: prefill.depth * attended },
    decode: { token: decode.token * fetched, depth: decode.depth * attended },
  };
}

/** Multiplications of the released encoder for one view: 27 blocks over 4096 patches of 1152 numbers, with their attention. */
const viewMultiplications = 27 * (4096 * (4 * 1152 ** 2 + 2 * 1152 * 4304) + 2 * 4096 ** 2 * 1152);

/** By the multiplications that reading manages here. */
function predictedViewMs({ size, costs }: Measured): number {
  return (viewMultiplications * costs.prefill.token) / numbersOf(releasedSizes[size]).matrices;
}

function wordsPerSecond({ decode }: Complete): number {
  return (1000 * wordsPerToken) / (decode.token + decode.depth * shallowTokens);
}

function describe(subject: ReportedSubject, { costs, backend, reference }: Known, viewMs: number | null): ModelSpeed {
  const { modelId, name, size, quantisation, contextTokens } = subject;
  const document = pages * tokensPerPage;
  const prompts = Math.ceil(document / (contextTokens * documentShare));
  const words = wordsPerSecond(costs);
  return {
    modelId,
    name,
    size,
    quantisation,
    backend,
    predicted: reference !== null,
    prefillTokensPerSecond: (shallowTokens * 1000) / prefillMs(costs.prefill, 0, shallowTokens),
    decodeTokensPerSecond: words / wordsPerToken,
    wordsPerSecond: words,
    imageSeconds: viewMs === null ? null : viewMs / 1000,
    minutesPer100Pages: (prompts * prefillMs(costs.prefill, 0, document / prompts)) / 60_000,
  };
}

function complete({ prefill, decode }: RunCosts): Complete | null {
  return prefill === null || decode === null || decode.token <= 0 || prefillMs(prefill, 0, shallowTokens) <= 0 ? null : { prefill, decode };
}

function distance(a: number, b: number): number {
  return Math.abs(Math.log(a / b));
}
