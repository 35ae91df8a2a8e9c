/**
 * A program on another computer, or on this one, that runs a model and speaks the chat protocol of OpenAI: vLLM, llama-server, LM Studio and many more.
 * Its key is kept apart, sealed by the system where that can be done, and never leaves the host.
 */
export interface ModelServer {
  /** `server-` and twelve hex digits; also the id of its model. */
  readonly id: string;
  /** Base of its requests, such as `https://gpu.example:8000/v1`. */
  readonly address: string;
  /** The model's name there. */
  readonly model: string;
  /** 512..131,072. */
  readonly contextTokens: number;
  /** Side in pixels of the views it is sent, and the soft tokens each becomes there; null when it sees nothing. */
  readonly vision: { readonly side: number; readonly tokens: number } | null;
}

/** What a server said about itself. */
export interface ServerFacts {
  readonly address: string;
  readonly models: readonly { readonly name: string; /** Null where it does not say. */ readonly contextTokens: number | null }[];
  /** Null where it does not say. */
  readonly sees: boolean | null;
}

/** How Gemma 3 takes pictures. */
export const gemmaVision = { side: 896, tokens: 256 } as const;

const idPattern = /^server-[0-9a-f]{12}$/;

export function isServerId(modelId: string): boolean {
  return idPattern.test(modelId);
}

/** The name and port of an address, for people. */
export function hostOf(address: string): string {
  return /^[a-z]+:\/\/([^/]+)/.exec(address)?.[1] ?? address;
}
