import type { EngineRequests } from './engineContract.ts';
import type { NativeBinding, NativeCancelFlag, NativeTextEmbedder } from './nativeBinding.ts';

/** The search model of this process: loaded by the first texts that name it, kept until others name another. */
export interface TextEmbedding {
  embed(params: EngineRequests['text.embed']['params'], cancel: NativeCancelFlag): Promise<EngineRequests['text.embed']['result']>;
  unload(): Promise<void>;
}

export function createTextEmbedding(binding: NativeBinding): TextEmbedding {
  const embedder: NativeTextEmbedder = new binding.TextEmbedder();
  let loaded: { readonly path: string; readonly memoryBytes: number } | null = null;
  return {
    embed: async ({ modelPath, threads, texts }, cancel) => {
      if (loaded?.path !== modelPath) {
        loaded = null;
        const { memory } = await embedder.load(modelPath, threads, cancel);
        loaded = { path: modelPath, memoryBytes: memory.weights + memory.compute };
      }
      return { vectors: await embedder.embed(texts, cancel), memoryBytes: loaded.memoryBytes };
    },
    unload: async () => {
      loaded = null;
      await embedder.unload();
    },
  };
}
