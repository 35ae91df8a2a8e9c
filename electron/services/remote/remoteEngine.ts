import {
  type EngineEvents,
  type EngineRequests,
  type LoadParams,
  type LoadedModel,
  type RunParams,
  type RunResult,
  imageTokenId,
} from '../../engine/engineContract.ts';
import { FacetError, facetError } from '../../shared/errors.ts';
import type { StopReason } from '../../shared/generation.ts';
import type { NamedEvent } from '../../shared/rpc.ts';
import { type ModelServer, hostOf } from '../../shared/servers.ts';
import type { NetworkGuard } from '../network/networkGuard.ts';
import { encodePng } from '../images/encodePng.ts';
import { chatMessages } from './chatMessages.ts';
import { type ChatStep, chatStream } from './chatStream.ts';
import { describeServer } from './describeServer.ts';
import { estimateTokens } from './estimateTokens.ts';
import { requestServer } from './requestServer.ts';
import { isLoopback } from './serverAddress.ts';

/** Longest wait for the first word: a long prompt on a busy server takes minutes. */
const firstWordMs = 10 * 60_000;
/** Views held ready to be sent, about 1 MB each; the oldest goes first and is made again when it is asked for. */
const mostViews = 128;

export interface RemoteEngineOptions {
  /** @throws FacetError notFound */
  readonly server: (id: string) => { readonly server: ModelServer; readonly key: string | null };
  /** Asked before anything is sent. @throws FacetError when nothing may leave this computer */
  readonly requireNetwork: NetworkGuard;
  readonly emit: (event: NamedEvent<EngineEvents>) => void;
}

/** What a remote engine answers; the rest of the engine's requests is about this computer. */
export type RemoteRequests = Pick<
  EngineRequests,
  | 'model.load'
  | 'model.unload'
  | 'prompt.tokenize'
  | 'prompt.prospect'
  | 'encoder.measure'
  | 'image.encode'
  | 'image.known'
  | 'generation.run'
  | 'state.save'
>;

/** An engine behind the chat protocol: views and prompts are made here, and sent with the question. */
export interface RemoteEngine {
  request<K extends keyof RemoteRequests>(
    name: K,
    params: EngineRequests[K]['params'],
    signal?: AbortSignal,
  ): Promise<EngineRequests[K]['result']>;
}

type Handlers = {
  readonly [K in keyof RemoteRequests]: (params: EngineRequests[K]['params'], signal: AbortSignal) => Promise<EngineRequests[K]['result']>;
};

export function createRemoteEngine({ server: find, requireNetwork, emit }: RemoteEngineOptions): RemoteEngine {
  const views = new Map<string, string>();
  let current: { readonly server: ModelServer; readonly key: string | null; readonly address: URL } | null = null;

  const requireServer = (): NonNullable<typeof current> => {
    if (current === null) throw facetError('modelMissing', { model: '' });
    return current;
  };

  const load = async ({ server: id = '', contextTokens }: LoadParams, signal: AbortSignal): Promise<LoadedModel> => {
    const begun = performance.now();
    current = null;
    const { server, key } = find(id);
    const address = new URL(server.address);
    requireNetwork(address);
    const { models } = await describeServer(address, key, signal);
    if (models.length > 0 && !models.some(({ name }) => name === server.model))
      throw facetError('modelLoadFailed', {
        model: server.model,
        reason: `${address.host} does not offer it; it offers ${models
          .map(({ name }) => name)
          .slice(0, 5)
          .join(', ')}`,
      });
    current = { server, key, address };
    // The server may have been started anew with less since it was saved.
    const told = models.find(({ name }) => name === server.model)?.contextTokens ?? server.contextTokens;
    const contextLimit = Math.min(server.contextTokens, told);
    return {
      backend: hostOf(server.address),
      contextTokens: Math.min(contextTokens, contextLimit),
      contextLimit,
      vocabularySize: imageTokenId,
      vision: server.vision,
      memory: { weights: 0, kv: 0, compute: 0, vision: 0 },
      loadMs: performance.now() - begun,
      warnings:
        address.protocol === 'http:' && !isLoopback(address.hostname)
          ? [`What is sent to ${address.host} is not encrypted on its way.`]
          : [],
    };
  };

  const run = async (params: RunParams, signal: AbortSignal): Promise<RunResult> => {
    const { server, key, address } = requireServer();
    requireNetwork(address);
    const begun = performance.now();
    const messages = chatMessages(params.parts, (view) => {
      const url = views.get(view);
      if (url === undefined) throw facetError('internal', { message: 'a view was not encoded' });
      return url;
    });
    const { runId, sampling } = params;
    const estimated = estimateTokens(params.parts, server.vision?.tokens ?? 0).reduce((sum, count) => sum + count, 0);
    emit({ name: 'generation.prefilled', payload: { runId, doneTokens: 0, totalTokens: estimated, cachedTokens: 0 } });
    const body = {
      model: server.model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: params.maxTokens,
      temperature: sampling.temperature,
      top_p: sampling.topP,
      top_k: sampling.topK,
      min_p: sampling.minP,
      seed: sampling.seed,
      ...(params.stopTexts.length === 0 ? {} : { stop: params.stopTexts }),
      // vLLM's way to go on with an answer; others go on by themselves.
      ...(messages.at(-1)?.role === 'assistant' ? { continue_final_message: true, add_generation_prompt: false } : {}),
    };
    const answer = { text: '', pieces: 0, firstMs: 0, finish: null as string | null, usage: null as ChatStep['usage'] };
    try {
      const response = await requestServer({ address, path: '/chat/completions', key, body, silenceMs: firstWordMs, signal });
      for await (const { text, finish, usage } of chatStream(response, address, signal)) {
        answer.finish = finish ?? answer.finish;
        answer.usage = usage ?? answer.usage;
        if (text === '') continue;
        if (answer.pieces === 0) answer.firstMs = performance.now() - begun;
        answer.text += text;
        answer.pieces += 1;
        emit({ name: 'generation.wrote', payload: { runId, text, tokens: 1 } });
      }
    } catch (error) {
      if (!(error instanceof FacetError) || error.data.code !== 'cancelled') throw error;
      answer.finish = 'cancelled';
    }
    const total = performance.now() - begun;
    const firstMs = answer.pieces === 0 ? total : answer.firstMs;
    return {
      text: answer.text,
      ids: [],
      tokens: answer.usage?.written ?? answer.pieces,
      stopReason: stopReason(answer.finish),
      promptTokens: answer.usage?.prompt ?? estimated,
      cachedTokens: answer.usage?.cached ?? 0,
      prefillMs: firstMs,
      takeUpMs: 0,
      firstTokenMs: firstMs,
      decodeMs: total - firstMs,
      drafted: 0,
      accepted: 0,
    };
  };

  const handlers: Handlers = {
    'model.load': load,
    'model.unload': () => {
      current = null;
      views.clear();
      return Promise.resolve({});
    },
    'prompt.tokenize': ({ parts }) => {
      const counts = estimateTokens(parts, requireServer().server.vision?.tokens ?? 0);
      return Promise.resolve({ ids: Array.from({ length: counts.reduce((sum, count) => sum + count, 0) }, () => 0), counts });
    },
    // What the server keeps of a prompt is its own affair.
    'prompt.prospect': ({ parts }) => {
      const counts = estimateTokens(parts, requireServer().server.vision?.tokens ?? 0);
      return Promise.resolve({ tokens: counts.reduce((sum, count) => sum + count, 0), held: 0, kept: 0 });
    },
    'encoder.measure': () => Promise.resolve({ viewMs: null }),
    'image.encode': ({ key, side, rgb }) => {
      const { server } = requireServer();
      const cached = views.delete(key);
      views.set(key, `data:image/png;base64,${encodePng(rgb, side).toString('base64')}`);
      for (const oldest of [...views.keys()].slice(0, Math.max(0, views.size - mostViews))) views.delete(oldest);
      return Promise.resolve({ tokens: server.vision?.tokens ?? 0, encodeMs: 0, setupMs: 0, cached });
    },
    'image.known': ({ keys }) => Promise.resolve({ known: keys.map((key) => views.has(key)) }),
    'generation.run': run,
    'state.save': () => Promise.resolve({ saved: false }),
  };
  return { request: (name, params, signal = new AbortController().signal) => handlers[name](params, signal) };
}

function stopReason(finish: string | null): StopReason {
  if (finish === 'cancelled') return 'cancelled';
  return finish === 'length' ? 'maxTokens' : 'endOfTurn';
}
