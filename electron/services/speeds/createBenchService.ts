import { setTimeout as delay } from 'node:timers/promises';
import type { Requests } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { Model } from '../../shared/models.ts';
import { releasedSizes, seeingSizes, sizeNames } from '../../shared/gemmaSizes.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import type { BenchProgress, ModelSpeed } from '../../shared/speed.ts';
import { quantisations, weightBytes } from '../../shared/weightBytes.ts';
import type { GenerationParts } from '../generation/generationParts.ts';
import type { ActiveModel } from '../generation/modelHost.ts';
import { machineParts } from '../describeMachine.ts';
import { measureModel } from './benchmark.ts';
import { machineOf } from './runSpeeds.ts';
import type { Speeds } from './createSpeeds.ts';
import type { ReportedSubject, SpeedBook } from './speedBook.ts';

/** All models together, loading included, in milliseconds: a little below the minute that is promised. */
const totalMs = 55_000;
/** One model, without its load. */
const modelMs = 40_000;
/** A further model is begun only while this much is left. */
const leastMs = 15_000;
/** In idle time it must be over soon. */
const idleBudgetMs = 12_000;
/** How long nothing must have happened before a new model is measured, in milliseconds. */
const defaultIdleMs = 6_000;

export interface BenchService {
  readonly handlers: Pick<RequestHandlers<Requests>, 'model.bench' | 'model.speeds'>;
  /** Something is asked or attached: a measurement ends at once. */
  makeWay(): void;
  /** The engine may be idle: a model that was never measured is, after a while. */
  goOn(): void;
  /** Resolves when nothing is being measured any more. */
  close(): Promise<void>;
}

export interface BenchServiceOptions {
  readonly parts: Pick<GenerationParts, 'engine' | 'host' | 'models' | 'lock' | 'emit' | 'settings'>;
  readonly speeds: Speeds;
  readonly isBusy: () => boolean;
  /** Whether a model is measured after its first load, without being asked to. */
  readonly measuresInIdleTime: boolean;
  readonly idleMs?: number;
}

export function createBenchService({
  parts,
  speeds,
  isBusy,
  measuresInIdleTime,
  idleMs = defaultIdleMs,
}: BenchServiceOptions): BenchService {
  const { engine, host, models, lock, emit, settings } = parts;
  let controller = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;
  /** Loads are this measurement's own. */
  let loadsItself = false;

  const makeWay = (): void => {
    controller.abort();
    controller = new AbortController();
  };
  const measure = (active: ActiveModel, budgetMs: number, signal: AbortSignal, told: (progress: BenchProgress) => void): Promise<void> =>
    measureModel(
      active,
      { engine, speeds: speeds.runs, encoderSpeeds: speeds.encoder },
      {
        signal,
        budgetMs,
        progress: (step, spentMs) => told({ name: active.model.name, step, fraction: Math.min(1, spentMs / budgetMs) }),
      },
    );

  /** One model after the other, the wanted one first; afterwards what was loaded is loaded again. */
  const measureAll = async (targets: readonly Model[], signal: AbortSignal): Promise<void> => {
    const before = host.wanted();
    const wasLoaded = host.active();
    const begun = performance.now();
    const told = (progress: BenchProgress): void => emit('bench.progressed', progress);
    let wantedHere = before?.id ?? null;
    loadsItself = true;
    try {
      for (const [index, model] of targets.entries()) {
        const left = totalMs - (performance.now() - begun);
        if (index > 0 && left < leastMs) break;
        told({ name: model.name, step: 'loading', fraction: 0 });
        if (wantedHere !== model.id) host.want(model.id, {});
        wantedHere = model.id;
        const active = await host.ensure({ signal });
        await measure(active, Math.min(modelMs, totalMs - (performance.now() - begun)), signal, told);
      }
    } finally {
      loadsItself = false;
      // Someone may have chosen another model meanwhile.
      if (host.wanted()?.id === wantedHere && host.active()?.model.id !== wasLoaded?.model.id) {
        host.want(before?.id ?? null, before?.overrides ?? {});
        // What cannot be loaded again says so in the engine's state.
        await (wasLoaded === null ? host.unload() : host.ensure({ signal: new AbortController().signal })).catch(() => undefined);
      }
    }
  };

  const measureIdle = async (signal: AbortSignal): Promise<void> => {
    await delay(idleMs, undefined, { signal, ref: false });
    const active = host.active();
    // A model of a server is no model of this machine, and nothing is sent there unasked.
    if (active === null || active.vocabularyOnly || machineOf(active) === null || isBusy()) return;
    const { prefill, decode } = speeds.runs.costs(active);
    if ((prefill !== null && decode !== null) || !lock.tryAcquire()) return;
    try {
      await measure(active, idleBudgetMs, signal, () => undefined);
    } finally {
      lock.release();
    }
  };
  const goOn = (): void => {
    if (closed || !measuresInIdleTime) return;
    makeWay();
    const { signal } = controller;
    // A courtesy: interrupted or failed, it is tried again after the next quiet time, and what stops the engine is told where its state is.
    running = running.then(() => measureIdle(signal)).catch(() => undefined);
  };
  const stopListening = host.onState((state) => {
    if (loadsItself) return;
    if (state.kind === 'ready') goOn();
    else if (state.kind === 'loading') makeWay();
  });

  return {
    makeWay,
    goOn,
    handlers: {
      'model.bench': async ({ id }, signal) => {
        if (isBusy()) throw facetError('busy', { what: 'the model' });
        const targets = targetsOf(id, models.list(), host.wanted()?.id ?? null);
        makeWay();
        const both = AbortSignal.any([signal, controller.signal]);
        const work = (async () => {
          await lock.acquire(both, () => undefined);
          try {
            await measureAll(targets, both);
          } finally {
            lock.release();
          }
        })();
        running = work.catch(() => undefined);
        try {
          await work;
        } catch (error) {
          if (both.aborted) throw facetError('cancelled', {}, error);
          throw error;
        }
        return { machine: machineParts(), speeds: speedsOf(targets, models.list(), settings().contextTokens, speeds.book) };
      },
      'model.speeds': () => {
        const listed = models.list();
        const builtIn = listed.filter((model) => model.builtIn);
        return speedsOf(builtIn, listed, settings().contextTokens, speeds.book);
      },
    },
    close: async () => {
      closed = true;
      stopListening();
      makeWay();
      await running;
    },
  };
}

/** The one asked for; else the one in use, and every other that a person installed. @throws FacetError notFound, modelMissing */
function targetsOf(id: string | null, models: readonly Model[], wantedId: string | null): readonly Model[] {
  const installed = models.filter(({ state, server, search }) => state.kind === 'installed' && server === undefined && search !== true);
  if (id !== null) {
    const model = models.find((candidate) => candidate.id === id);
    if (model === undefined) throw facetError('notFound', { what: 'model', id });
    if (!installed.includes(model)) throw facetError('modelMissing', { model: model.name });
    return [model];
  }
  const wanted = installed.filter((model) => model.id === wantedId);
  const others = installed.filter((model) => !model.builtIn && model.id !== wantedId);
  const targets = [
    ...wanted,
    ...others.filter(({ text }, index) => others.findIndex((other) => other.text.sha256 === text.sha256) === index),
  ];
  if (targets.length === 0) throw facetError('modelMissing', { model: '' });
  return targets;
}

/** Installed models that were not measured just now. Lists are made anew each time, so models are told apart by their ids. */
export function othersThan(measured: readonly Model[], models: readonly Model[]): readonly Model[] {
  const known = new Set(measured.map(({ id }) => id));
  return models.filter(
    ({ id, state, server, builtIn, search }) =>
      state.kind === 'installed' && server === undefined && !builtIn && search !== true && !known.has(id),
  );
}

/** What was measured, then the other installed models, then the released sizes that are not here in their recommended variant. */
export function speedsOf(
  targets: readonly Model[],
  models: readonly Model[],
  contextTokens: number,
  book: Pick<SpeedBook, 'speed'>,
): readonly ModelSpeed[] {
  const others = othersThan(targets, models);
  const listed = [...targets, ...others].map((model) => subjectOf(model, contextTokens));
  const sizes = sizeNames.filter((size) => !listed.some((one) => one.size === size));
  const absent = sizes.map((size): ReportedSubject => {
    const [quantisation] = quantisations;
    return {
      modelId: null,
      name: `Gemma 3 ${size}`,
      size,
      quantisation,
      textSha256: null,
      projectorSha256: null,
      sees: seeingSizes.includes(size),
      weights: weightBytes(size, quantisation),
      contextTokens: Math.min(contextTokens, releasedSizes[size].contextLimit),
    };
  });
  return [...listed, ...absent].flatMap((subject): readonly ModelSpeed[] => {
    const speed = book.speed(subject);
    return speed === null ? [] : [speed];
  });
}

/** A model of the list. Its file's size stands for its tensors: the header is small beside them. */
export function subjectOf(model: Model, contextTokens: number): ReportedSubject {
  return {
    modelId: model.id,
    name: model.name,
    size: model.size,
    quantisation: model.quantisation,
    textSha256: model.text.sha256,
    projectorSha256: model.projector?.sha256 ?? null,
    sees: model.projector !== null,
    // An installed file has its size; one that is not here yet is told by its formula elsewhere.
    weights: model.text.bytes ?? 0,
    contextTokens: Math.min(contextTokens, model.contextLimit),
  };
}
