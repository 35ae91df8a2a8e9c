import { setTimeout as delay } from 'node:timers/promises';
import type { LoadParams, LoadedModel } from '../../engine/engineContract.ts';
import type { CacheType } from '../../shared/memoryEstimate.ts';
import type { LoadOverrides } from '../../shared/contract.ts';
import { facetError, isCancelled, toErrorData } from '../../shared/errors.ts';
import type { EngineState, Model, PromptProfile } from '../../shared/models.ts';
import type { Unsubscribe } from '../../shared/rpc.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Emit } from '../emit.ts';
import type { CacheTests } from './cacheTests.ts';
import type { EngineClient } from '../../engine/engineClient.ts';

/** Reloads after the engine died, before giving up. */
const reloadAttempts = 3;
/** Pause before the first reload in milliseconds; doubled for each further one. */
const reloadPauseMs = 300;
/** Least milliseconds between two announcements of load progress. */
const progressMs = 100;

/** A model in the engine. */
export interface ActiveModel {
  readonly model: Model;
  readonly profile: PromptProfile;
  readonly loaded: LoadedModel;
  readonly vocabularyOnly: boolean;
  /** Threads as asked for; 0 is chosen by the engine. */
  readonly threads: number;
  readonly cacheType: CacheType;
  /** The context asked for in so many words, which may be more than the model holds. */
  readonly askedContextTokens?: number;
}

type SettledParams = LoadParams & { readonly cacheType: CacheType };

/** Keeps the engine and the wanted model together: loads, reloads after a death, and says where it stands. */
export interface ModelHost {
  state(): EngineState;
  active(): ActiveModel | null;
  /** The model that answers next and how it is to be loaded; null when none was chosen. */
  wanted(): { readonly id: string; readonly overrides: LoadOverrides } | null;
  /** Null goes back to the choice of the settings. */
  want(id: string | null, overrides: LoadOverrides): void;
  /**
   * The wanted model, loaded as wanted. Returns at once when it is; `vocabularyOnly` is content with less.
   * @throws FacetError modelMissing, modelInvalid, modelLoadFailed, engineStopped (after its reloads), cancelled
   */
  ensure(options: { readonly signal: AbortSignal; readonly vocabularyOnly?: boolean }): Promise<ActiveModel>;
  /** Also stops a load that is on its way. @param restedMinutes after how long without a question; not given when it is the user's wish */
  unload(restedMinutes?: number): Promise<void>;
  /** Ends the engine's process, whatever it does; the model that was in it is loaded again. */
  restart(): void;
  onState(listener: (state: EngineState) => void): Unsubscribe;
  close(): void;
}

export interface ModelHostOptions {
  readonly engine: EngineClient;
  readonly models: { get(id: string): Model; requireLoadable(id: string, signal?: AbortSignal): Promise<Model> };
  readonly settings: () => Settings;
  /** Says what is wrong with a quantised KV cache for a model on this machine. */
  readonly cacheTests: CacheTests;
  /** Where the engine keeps what it made of pictures. */
  readonly embeddingFolder: string;
  /** Where the engine keeps conversations' states. */
  readonly stateFolder: string;
  /** Where the engine keeps how it encodes best on this machine. */
  readonly encoderFolder: string;
  /** Where the engine finds GPU packs and keeps what it found out about devices. */
  readonly gpuFolder: string;
  readonly emit: Emit;
}

export function createModelHost({
  engine,
  models,
  settings,
  cacheTests,
  embeddingFolder,
  stateFolder,
  encoderFolder,
  gpuFolder,
  emit,
}: ModelHostOptions): ModelHost {
  const listeners = new Set<(state: EngineState) => void>();
  const closing = new AbortController();
  let stopped = new AbortController();
  let state: EngineState = { kind: 'idle' };
  let active: (ActiveModel & { readonly params: SettledParams }) | null = null;
  let chosen: { readonly id: string; readonly overrides: LoadOverrides } | null = null;
  let line: Promise<unknown> = Promise.resolve();

  const paramsOf = (model: Model, overrides: LoadOverrides, vocabularyOnly: boolean): SettledParams => ({
    ...loadParams(model, settings(), overrides, vocabularyOnly),
    embeddingFolder,
    stateFolder,
    encoderFolder,
    gpuFolder,
  });
  const setState = (next: EngineState): void => {
    state = next;
    emit('engine.changed', { engine: next });
    for (const listener of [...listeners]) listener(next);
  };
  const wanted = (): { readonly id: string; readonly overrides: LoadOverrides } | null => {
    const { modelId } = settings();
    return chosen ?? (modelId === null ? null : { id: modelId, overrides: {} });
  };

  const loadOnce = async (model: Model, params: LoadParams, signal: AbortSignal): Promise<LoadedModel> => {
    let announced = performance.now();
    setState({ kind: 'loading', modelId: model.id, fraction: 0 });
    const stop = engine.on('model.loadProgressed', ({ fraction }) => {
      if (performance.now() - announced < progressMs) return;
      announced = performance.now();
      setState({ kind: 'loading', modelId: model.id, fraction });
    });
    const stopTests = engine.on('device.testProgressed', ({ step }) => {
      setState({ kind: 'loading', modelId: model.id, fraction: 0, testing: step });
    });
    try {
      return await engine.request('model.load', params, signal);
    } finally {
      stop();
      stopTests();
    }
  };

  /** With the wanted KV cache where it is sound, and with f16 where a test found that it is not. */
  const loadSound = async (model: Model, params: LoadParams, signal: AbortSignal): Promise<LoadedModel> => {
    const wanted = await loadOnce(model, params, signal);
    if (params.vocabularyOnly || params.cacheType !== 'q8_0') return wanted;
    const known = cacheTests.known(params, wanted);
    if (known === '') return wanted;
    if (known === null) setState({ kind: 'loading', modelId: model.id, fraction: 0 });
    const fault = known ?? (await cacheTests.test(params, wanted, signal));
    if (fault === '') return loadOnce(model, params, signal);
    const loaded = await loadOnce(model, { ...params, cacheType: 'f16' }, signal);
    return { ...loaded, warnings: [...loaded.warnings, `The q8_0 cache is not used with this model: ${fault}.`] };
  };

  /** The model with its files looked at, which takes a while on a slow disk. A file that is refused leaves what was in memory. */
  const checked = async ({ id }: Model, signal: AbortSignal): Promise<Model> => {
    const before = state;
    setState({ kind: 'loading', modelId: id, fraction: 0, checking: true });
    try {
      return await models.requireLoadable(id, signal);
    } catch (error) {
      if (active !== null) setState(readyState(active.model, active.loaded));
      else setState(before.kind === 'failed' || before.kind === 'idle' ? before : { kind: 'idle' });
      throw error;
    }
  };

  const load = async (vocabularyOnly: boolean, signal: AbortSignal): Promise<ActiveModel> => {
    const wish = wanted();
    if (wish === null) throw facetError('modelMissing', { model: '' });
    const listed = models.get(wish.id);
    if (active !== null && isSame(active.params, paramsOf(listed, wish.overrides, vocabularyOnly))) {
      active = { ...active, ...asked(listed, wish.overrides) };
      return active;
    }
    const model = await checked(listed, signal);
    const params = paramsOf(model, wish.overrides, vocabularyOnly);
    active = null;
    for (let attempt = 1; ; attempt++) {
      try {
        const loaded = await loadSound(model, params, signal);
        active = { ...asked(model, wish.overrides), loaded, vocabularyOnly, params, threads: params.threads, cacheType: params.cacheType };
        setState(readyState(model, loaded));
        return active;
      } catch (error) {
        const data = toErrorData(error);
        if (data.code !== 'engineStopped' || attempt > reloadAttempts || closing.signal.aborted) {
          setState(isCancelled(error) || closing.signal.aborted ? { kind: 'idle' } : { kind: 'failed', modelId: model.id, error: data });
          throw error;
        }
        setState({ kind: 'restarting', modelId: model.id, attempt, reason: data.details.reason });
        await delay(reloadPauseMs * 2 ** (attempt - 1), undefined, { signal });
      }
    }
  };

  /** One load at a time; a second caller finds the first one's model. */
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = line.then(work);
    line = turn.catch(() => undefined);
    return turn;
  };

  const stopHearing = engine.on('encoder.movedToCpu', ({ device }) => {
    if (active !== null) active = { ...active, loaded: withVisionOnCpu(active.loaded, device) };
  });
  const stopListening = engine.onStopped((reason) => {
    const lost = active;
    active = null;
    if (lost === null || closing.signal.aborted) return;
    setState({ kind: 'restarting', modelId: lost.model.id, attempt: 1, reason });
    void inLine(() => load(lost.vocabularyOnly, closing.signal)).catch(() => undefined);
  });

  const stopWatching = engine.onStalled((stalled) => {
    if (state.kind !== 'loading' && state.kind !== 'ready') return;
    const { stalled: before = false, ...rest } = state;
    if (stalled !== before) setState(stalled ? { ...rest, stalled } : rest);
  });

  return {
    state: () => state,
    active: () => active,
    wanted,
    want: (id, overrides) => {
      chosen = id === null ? null : { id, overrides };
    },
    ensure: ({ signal, vocabularyOnly = false }) => {
      const both = AbortSignal.any([signal, closing.signal, stopped.signal]);
      return inLine(() => {
        both.throwIfAborted();
        return load(vocabularyOnly && (active === null || active.vocabularyOnly || active.model.id !== wanted()?.id), both);
      });
    },
    unload: (restedMinutes) => {
      stopped.abort();
      stopped = new AbortController();
      return inLine(async () => {
        if (active !== null) await engine.request('model.unload', {});
        active = null;
        setState(restedMinutes === undefined ? { kind: 'idle' } : { kind: 'idle', restedMinutes });
      });
    },
    restart: () => engine.restart(),
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closing.abort();
      stopHearing();
      stopListening();
      stopWatching();
    },
  };
}

function asked(model: Model, { profile, contextTokens }: LoadOverrides): Pick<ActiveModel, 'model' | 'profile' | 'askedContextTokens'> {
  const wanted = contextTokens === undefined ? {} : { askedContextTokens: contextTokens };
  return { model, profile: profile ?? model.profile, ...wanted };
}

function loadParams(model: Model, settings: Settings, overrides: LoadOverrides, vocabularyOnly: boolean): SettledParams {
  const path = model.server === undefined ? model.text.path : '';
  if (path === null) throw facetError('modelMissing', { model: model.name });
  return {
    ...(model.server === undefined ? {} : { server: model.id }),
    textPath: path,
    textSha256: model.text.sha256,
    projectorPath: model.projector?.path ?? null,
    projectorSha256: model.projector?.sha256 ?? null,
    contextTokens: Math.min(overrides.contextTokens ?? settings.contextTokens, model.contextLimit),
    gpu: overrides.gpu ?? settings.gpu,
    threads: overrides.threads ?? settings.threads,
    cacheType: model.server === undefined ? (overrides.cacheType ?? settings.cacheType) : 'f16',
    vocabularyOnly,
    // Whoever chose a context has a use for all of it.
    mayShrinkContext: overrides.contextTokens === undefined && settings.contextTokens === defaultSettings.contextTokens,
  };
}

function withVisionOnCpu({ placement, warnings, ...loaded }: LoadedModel, device: string): LoadedModel {
  return {
    ...loaded,
    ...(placement === undefined ? {} : { placement: { ...placement, visionOnCpu: true } }),
    warnings: [...warnings, `${device} has no room left for looking at pictures; that runs on the CPU until the model is loaded again`],
  };
}

function isSame(a: LoadParams, b: LoadParams): boolean {
  return a.server === b.server && (Object.keys(a) as (keyof LoadParams)[]).every((key) => a[key] === b[key]);
}

function readyState(model: Model, loaded: LoadedModel): EngineState {
  return {
    kind: 'ready',
    modelId: model.id,
    contextTokens: loaded.contextTokens,
    backend: loaded.backend,
    sees: loaded.vision !== null,
    memory: loaded.memory,
    device: loaded.placement?.device ?? null,
    loadMs: loaded.loadMs,
  };
}
