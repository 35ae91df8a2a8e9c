import { join } from 'node:path';
import { createEngineServer } from '../../electron/engine/engineServer.ts';
import type {
  EngineEvents,
  EngineRequests,
  EngineSampling,
  LoadParams,
  LoadedModel,
  PromptPart,
} from '../../electron/engine/engineContract.ts';
import { type NativeBinding, type NativeEngine, loadNativeBinding } from '../../electron/engine/nativeBinding.ts';
import { type RpcClient, createPortPair, createRpcClient } from '../../electron/shared/rpc.ts';

export const projectRoot = join(import.meta.dirname, '..', '..');
export const tinyReader = {
  textPath: join(projectRoot, 'assets/models/tiny-reader/text.gguf'),
  projectorPath: join(projectRoot, 'assets/models/tiny-reader/mmproj.gguf'),
};

export const greedy: EngineSampling = { temperature: 0, topK: 64, topP: 0.95, minP: 0, seed: 1 };

/** One thread, so that results do not depend on what else the machine does. */
export const loadParams = (change: Partial<LoadParams> = {}): LoadParams => ({
  ...tinyReader,
  contextTokens: 2048,
  gpu: 'off',
  threads: 1,
  vocabularyOnly: false,
  ...change,
});

/** The addon, initialised once for this test file. Native libraries cannot be unloaded, so this is the one thing that outlives a test. */
export function openAddon(onLog: (level: string, text: string) => void = () => undefined): NativeBinding {
  const { binding, libraryFolder } = loadNativeBinding(projectRoot);
  binding.initialize(libraryFolder, onLog);
  return binding;
}

/** An engine with the tiny reader (or another model) loaded, without the wire. */
export async function loadEngine(
  binding: NativeBinding,
  change: Partial<LoadParams> = {},
): Promise<{ readonly engine: NativeEngine; readonly loaded: LoadedModel }> {
  const engine = new binding.Engine();
  const loaded = await engine.load(loadParams(change), new binding.CancelFlag(), () => undefined);
  return { engine, loaded };
}

/** A client of an engine server in this process, over a pair of ports. */
export function connectEngine(): RpcClient<EngineRequests, EngineEvents> {
  const [host, child] = createPortPair();
  createEngineServer(child, () => loadNativeBinding(projectRoot));
  return createRpcClient<EngineRequests, EngineEvents>(host);
}

export const control = (text: string): PromptPart => ({ kind: 'control', text });
export const text = (content: string): PromptPart => ({ kind: 'text', text: content });
export const image = (key: string): PromptPart => ({ kind: 'image', key });
export const tokens = (ids: readonly number[]): PromptPart => ({ kind: 'tokens', ids });

export const turnStart = '<start_of_turn>user\n';
export const turnEnd = '<end_of_turn>\n<start_of_turn>model\n';

/** The tiny reader's exact training prompt for a picture without crops. */
export const readerPrompt = (key: string, question: string): readonly PromptPart[] => [
  control(`${turnStart}\n\n<start_of_image>`),
  image(key),
  control('<end_of_image>\n\n'),
  text(question),
  control(turnEnd),
];
