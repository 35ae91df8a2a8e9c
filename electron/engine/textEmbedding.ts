import type { EngineRequests } from './engineContract.ts';
import type { NativeBinding, NativeCancelFlag, NativeTextEmbedder } from './nativeBinding.ts';

/** The search model of this process: loaded by the first texts that name it, kept until others name another. */
export interface TextEmbedding {
  embed(params: EngineRequests['text.embed']['params'], cancel: NativeCancelFlag): Promise<EngineRequests['text.embed']['result']>;
  unload(): Promise<void>;
}

export function createTextEmbedding(binding: NativeBinding): TextEmbedding {
  let made: NativeTextEmbedder | null = null;
  let loaded: { readonly path: string; readonly memoryBytes: number; readonly embedder: NativeTextEmbedder } | null = null;
  return {
    embed: async ({ modelPath, threads, texts }, cancel) => {
      if (loaded?.path !== modelPath) {
        loaded = null;
        made ??= new binding.TextEmbedder();
        const { memory } = await made.load(modelPath, threads, cancel);
        loaded = { path: modelPath, memoryBytes: memory.weights + memory.compute, embedder: made };
      }
      return { vectors: await loaded.embedder.embed(texts, cancel), memoryBytes: loaded.memoryBytes };
    },
    unload: async () => {
      loaded = null;
      await made?.unload();
    },
  };
}
