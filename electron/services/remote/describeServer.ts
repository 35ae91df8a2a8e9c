import { facetError } from '../../shared/errors.ts';
import type { ServerFacts } from '../../shared/servers.ts';
import { isRecord } from './isRecord.ts';
import { readJson, requestServer } from './requestServer.ts';

/** Longest wait for a server to say what it runs, in milliseconds. */
const describeMs = 15_000;

/**
 * What a server says it runs. Names and contexts come from its list of models, whether it sees from where llama-server tells it.
 * @throws FacetError networkFailed, cancelled
 */
export async function describeServer(address: URL, key: string | null, signal: AbortSignal): Promise<ServerFacts> {
  const request = { address, key, silenceMs: describeMs, signal };
  const list = await readJson(await requestServer({ ...request, path: '/models' }), address, signal);
  const entries = isRecord(list) && Array.isArray(list['data']) ? (list['data'] as readonly unknown[]) : null;
  if (entries === null)
    throw facetError('networkFailed', { host: address.host, reason: 'it lists no models; most servers want a path that ends with /v1' });
  const models = entries.flatMap((entry) =>
    isRecord(entry) && typeof entry['id'] === 'string' ? [{ name: entry['id'], contextTokens: contextOf(entry) }] : [],
  );
  return { address: address.href, models, sees: seesOf(list) };
}

/** vLLM says `max_model_len`, llama-server `meta.n_ctx` and before that only what the model was trained for. */
function contextOf(entry: Record<string, unknown>): number | null {
  const meta = isRecord(entry['meta']) ? entry['meta'] : {};
  const found = [entry['max_model_len'], entry['context_length'], meta['n_ctx'], meta['n_ctx_train']].find(
    (value) => typeof value === 'number' && value > 0,
  );
  return typeof found === 'number' ? Math.floor(found) : null;
}

/** llama-server lists each model's capabilities a second time, as Ollama does. */
function seesOf(list: unknown): boolean | null {
  const models = isRecord(list) && Array.isArray(list['models']) ? (list['models'] as readonly unknown[]) : [];
  const capabilities = models.flatMap((model) =>
    isRecord(model) && Array.isArray(model['capabilities']) ? [model['capabilities'] as readonly unknown[]] : [],
  );
  return capabilities.length === 0 ? null : capabilities.some((list) => list.includes('multimodal') || list.includes('vision'));
}
