import { version as systemVersion } from 'node:os';
import { facetError, isCancelled } from '../shared/errors.ts';
import { type Port, type RpcServer, serveRpc } from '../shared/rpc.ts';
import { createEmbeddingCache } from './embeddingCache.ts';
import type { EncodedView, EngineEvents, EngineRequests, LoadParams, LoadedModel, RunParams, RunResult } from './engineContract.ts';
import { type EncoderTuning, expectedViewMs, tuneEncoder } from './encoderTuning.ts';
import { type GpuDevices, createGpuDevices } from './gpu/gpuDevices.ts';
import { type DeviceLost, loadPlaced, type PlacedModel } from './gpu/loadPlaced.ts';
import { type TestModel, testDevice } from './gpu/selfTest.ts';
import type { NativeBinding, NativeCancelFlag, NativeEngine } from './nativeBinding.ts';
import { fromNativeError } from './nativeError.ts';
import { type ConversationStates, createConversationStates } from './states/conversationStates.ts';
import { lengthOf } from './states/stateShape.ts';
import { type KeptEmbeddings, encodeView, takeView } from './viewEncoder.ts';
import { type TextEmbedding, createTextEmbedding } from './textEmbedding.ts';
import { usefulThreads } from './usefulThreads.ts';
import { createWorkQueue } from './workQueue.ts';

/** Where the addon comes from; a parameter so that loading it can fail inside a request, where the failure can be told. */
export type OpenBinding = () => { readonly binding: NativeBinding; readonly libraryFolder: string; readonly testModel: TestModel };

type EncoderFiles = Pick<EncoderTuning, 'folder' | 'projectorPath' | 'projectorSha256'>;

/** Answers EngineRequests on a port. Everything that uses the model runs one after the other; tokenising does not wait. */
export function createEngineServer(port: Port, openBinding: OpenBinding, lost: DeviceLost = endProcess): RpcServer<EngineEvents> {
  const queue = createWorkQueue();
  let opened: {
    readonly binding: NativeBinding;
    readonly engine: NativeEngine;
    readonly llamaVersion: string;
    readonly gpu: GpuDevices;
    readonly embedding: TextEmbedding;
  } | null = null;
  /** What is loaded lies there; its work on a device is written down, since it may end this process. */
  let placed: PlacedModel | null = null;
  let contextLimit = 0;
  let kept: KeptEmbeddings | null = null;
  let states: ConversationStates | null = null;
  /** What the first view after a load waits for; null when it is done or not wanted. */
  let untuned: EncoderFiles | null = null;
  /** Of the loaded model; null where nothing is to be measured. */
  let encoderFiles: EncoderFiles | null = null;

  const native = (): NonNullable<typeof opened> => {
    if (opened !== null) return opened;
    const { binding, libraryFolder, testModel } = openBinding();
    const { llamaVersion } = binding.initialize(libraryFolder, (level, text) => server.emit('engine.logged', { level, text }));
    const test = (device: string, cancel: NativeCancelFlag) =>
      testDevice({ binding, model: testModel, gpu: device, cancel }, (step) => server.emit('device.testProgressed', { device, step }));
    const gpu = createGpuDevices({ binding, llamaVersion, systemVersion: systemVersion(), test });
    opened = { binding, engine: new binding.Engine(), llamaVersion, gpu, embedding: createTextEmbedding(binding) };
    return opened;
  };

  /** Runs `work` with a flag that follows the signal, and gives its errors Facet's form. */
  const cancellable = async <T>(signal: AbortSignal, work: (engine: NativeEngine, cancel: NativeCancelFlag) => Promise<T>): Promise<T> => {
    const { binding, engine } = native();
    const cancel = new binding.CancelFlag();
    const set = (): void => cancel.set();
    if (signal.aborted) set();
    signal.addEventListener('abort', set, { once: true });
    try {
      return await work(engine, cancel);
    } catch (error) {
      throw fromNativeError(error, contextLimit);
    } finally {
      signal.removeEventListener('abort', set);
    }
  };

  const load = async (asked: LoadParams, signal: AbortSignal): Promise<LoadedModel> => {
    const { threads, told } = usefulThreads(asked.threads);
    const params = { ...asked, threads };
    kept = null;
    states = null;
    untuned = null;
    encoderFiles = null;
    placed = null;
    const done = await cancellable(signal, (engine, cancel) =>
      loadPlaced(engine, native().gpu, params, cancel, (_name, fraction) => server.emit('model.loadProgressed', { fraction }), lost),
    );
    placed = done;
    const { loaded } = done;
    contextLimit = loaded.contextLimit;
    kept = keptEmbeddings(params, loaded);
    states = keptStates({ ...params, cacheType: done.cacheType }, loaded);
    const { encoderFolder = null, projectorPath, projectorSha256 = null } = params;
    if (encoderFolder !== null && projectorPath !== null) encoderFiles = { folder: encoderFolder, projectorPath, projectorSha256 };
    untuned = encoderFiles;
    return { ...loaded, warnings: [...told, ...loaded.warnings] };
  };

  const atWork = <T>(work: () => Promise<T>): Promise<T> => placed?.work(work) ?? work();

  const untold = (error: unknown): void =>
    server.emit('engine.logged', { level: 'warning', text: `the picture encoder runs as its file is: ${String(error)}` });

  const measureEncoder = async (signal: AbortSignal): Promise<{ readonly viewMs: number | null }> => {
    const files = encoderFiles;
    if (files === null) return { viewMs: null };
    return cancellable(signal, async (engine, cancel) => ({ viewMs: await expectedViewMs(engine, { ...files, cancel, lost: untold }) }));
  };

  const encode = (params: EngineRequests['image.encode']['params'], signal: AbortSignal): Promise<EncodedView> => {
    const unkept = (error: unknown): void =>
      server.emit('engine.logged', { level: 'warning', text: `an encoded view could not be kept: ${String(error)}` });
    return cancellable(signal, async (engine, cancel) => {
      const encodeNow = async (): Promise<EncodedView> => {
        const options = { kept: params.keep === false ? null : kept, cancel, lost: unkept };
        const { movedToCpu = false, ...view } = await atWork(() => encodeView(params, engine, options));
        if (movedToCpu) server.emit('encoder.movedToCpu', { device: placed?.description ?? '' });
        return view;
      };
      if (untuned === null || (await takeView(params.key, engine, kept))) return encodeNow();
      const started = performance.now();
      await tuneEncoder(engine, { ...untuned, cancel, lost: untold });
      untuned = null;
      const tuningMs = performance.now() - started;
      const view = await encodeNow();
      return { ...view, encodeMs: view.encodeMs + tuningMs, setupMs: view.setupMs + tuningMs };
    });
  };

  const prospect = (parts: RunParams['parts'], signal: AbortSignal): Promise<EngineRequests['prompt.prospect']['result']> =>
    cancellable(signal, async (engine) => {
      const { held, ...prompt } = await engine.prospect(parts);
      return { tokens: lengthOf(prompt), held, kept: (await states?.kept(prompt, held)) ?? 0 };
    });

  const known = async (keys: readonly string[], signal: AbortSignal): Promise<{ readonly known: readonly boolean[] }> =>
    cancellable(signal, async (engine) => {
      const found: boolean[] = [];
      for (const key of keys) found.push(await takeView(key, engine, kept));
      return { known: found };
    });

  const run = (params: RunParams, signal: AbortSignal): Promise<RunResult> => {
    const { runId } = params;
    return cancellable(signal, async (engine, cancel) => {
      const { ms: searchMs, tookUp } = (await states?.takeUp(params.parts, engine)) ?? { ms: 0, tookUp: false };
      const result = await atWork(() =>
        engine.run(params, cancel, (name, first, second, third, text) => {
          if (name === 'wrote') server.emit('generation.wrote', { runId, text, tokens: first });
          else server.emit('generation.prefilled', { runId, doneTokens: first, totalTokens: second, cachedTokens: third });
        }),
      );
      return {
        ...result,
        prefillMs: result.prefillMs + searchMs,
        takeUpMs: tookUp ? searchMs : 0,
        firstTokenMs: result.firstTokenMs + searchMs,
      };
    });
  };

  /** Only the copying keeps runs waiting. */
  const save = async ({ owner, mostBytes }: EngineRequests['state.save']['params'], signal: AbortSignal): Promise<{ saved: boolean }> => {
    const into = states;
    const state = await queue.add(signal, () => cancellable(signal, async (engine) => into?.copyOut(owner, engine) ?? null));
    if (into === null || state === null) return { saved: false };
    return { saved: await into.write(state, { mostBytes, signal }) };
  };

  const keptStates = (params: LoadParams, loaded: LoadedModel): ConversationStates | null => {
    const { stateFolder = null, textSha256 = null, projectorSha256 = null, vocabularyOnly, cacheType = 'f16' } = params;
    if (stateFolder === null || textSha256 === null || vocabularyOnly || cacheType === 'f32') return null;
    return createConversationStates({
      folder: stateFolder,
      identity: { modelSha256: textSha256, projectorSha256, llamaVersion: native().llamaVersion, backend: whereItLies(loaded), cacheType },
      contextTokens: loaded.contextTokens,
      lost: (reason) => server.emit('engine.logged', { level: 'warning', text: `a conversation's state could not be used: ${reason}` }),
    });
  };

  const server = serveRpc<EngineRequests, EngineEvents>(
    port,
    {
      'engine.describe': ({ gpuFolder = null }) => ({ llamaVersion: native().llamaVersion, ...native().gpu.describe(gpuFolder) }),
      'device.test': ({ gpuFolder, device }, signal) =>
        queue.add(signal, () => cancellable(signal, (_engine, cancel) => native().gpu.test(gpuFolder, device, cancel))),
      'model.load': (params, signal) => queue.add(signal, () => load(params, signal)),
      'model.unload': (_params, signal) =>
        queue.add(signal, async () => {
          placed = null;
          await cancellable(signal, (engine) => engine.unload());
          return {};
        }),
      'prompt.tokenize': ({ parts }, signal) => cancellable(signal, (engine) => engine.tokenize(parts)),
      'prompt.prospect': ({ parts }, signal) => queue.add(signal, () => prospect(parts, signal)),
      'image.encode': (params, signal) => queue.add(signal, () => encode(params, signal)),
      'encoder.measure': (_params, signal) => queue.add(signal, () => measureEncoder(signal)),
      'image.known': ({ keys }, signal) => queue.add(signal, () => known(keys, signal)),
      'generation.run': (params, signal) =>
        queue
          .add(signal, () => run(params, signal))
          // Cancelled before its turn came: the contract says that a cancelled run ends, it does not fail.
          .catch((error: unknown) => {
            if (isCancelled(error)) return nothingWritten;
            throw error;
          }),
      'text.embed': (params, signal) =>
        queue.add(signal, () =>
          cancellable(signal, (_engine, cancel) =>
            native().embedding.embed({ ...params, threads: usefulThreads(params.threads).threads }, cancel),
          ),
        ),
      'text.forget': (_params, signal) =>
        queue.add(signal, async () => {
          await native().embedding.unload();
          return {};
        }),
      'state.save': save,
    },
    checkIsObject,
  );
  return server;
}

/** Told where the host looks for why a child died. */
function endProcess(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

/** Devices round differently, and a share of the layers on one lays the state out in another way. */
function whereItLies({ backend, placement }: LoadedModel): string {
  return placement === undefined || placement.layers <= 0 ? backend : `${backend}, ${placement.layers} layers`;
}

/** Null where nothing is to be kept. Embeddings for comparing with a reference are not everyone's. */
function keptEmbeddings(params: LoadParams, { vision }: LoadedModel): KeptEmbeddings | null {
  const { embeddingFolder = null, projectorSha256 = null, cacheType = 'f16' } = params;
  if (embeddingFolder === null || projectorSha256 === null || vision === null || cacheType === 'f32') return null;
  return { cache: createEmbeddingCache(embeddingFolder), projectorSha256, tokens: vision.tokens };
}

const nothingWritten: RunResult = {
  text: '',
  ids: [],
  stopReason: 'cancelled',
  promptTokens: 0,
  cachedTokens: 0,
  prefillMs: 0,
  takeUpMs: 0,
  firstTokenMs: 0,
  decodeMs: 0,
  drafted: 0,
  accepted: 0,
};

/** The host has checked the values and the addon checks them again; between the two only the shape matters. */
function checkIsObject<K extends keyof EngineRequests>(_name: K, params: unknown): EngineRequests[K]['params'] {
  if (typeof params !== 'object' || params === null) throw facetError('invalidRequest', { field: 'params', reason: 'must be an object' });
  return params;
}
