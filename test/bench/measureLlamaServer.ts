import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Shape, type Speed, contextTokens, ids } from './speedTypes.ts';

const port = 18_473;

interface Completion {
  readonly timings: { readonly prompt_per_second: number; readonly predicted_per_second: number };
}

/** llama-server with its defaults but for the context; speeds as it reports them itself. */
export async function startLlamaServer(path: string, shape: Shape): Promise<{ measure(): Promise<Speed>; stop(): void }> {
  const server = spawn(path, ['-m', shape.model, '-c', String(contextTokens(shape)), '--port', String(port), '--host', '127.0.0.1'], {
    stdio: 'ignore',
  });
  const post = async (prompt: readonly number[], count: number): Promise<Completion> => {
    const body = JSON.stringify({
      prompt,
      n_predict: count,
      cache_prompt: true,
      ignore_eos: true,
      temperature: 1,
      top_k: 64,
      top_p: 0.95,
      min_p: 0,
    });
    const response = await fetch(`http://127.0.0.1:${String(port)}/completion`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (!response.ok) throw new Error(`llama-server answered ${String(response.status)}: ${await response.text()}`);
    return (await response.json()) as Completion;
  };
  for (let attempt = 0; ; attempt++) {
    const ready = await fetch(`http://127.0.0.1:${String(port)}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) break;
    if (attempt > 120) throw new Error('llama-server did not start within a minute');
    await sleep(500);
  }
  let seed = 1000;
  return {
    measure: async () => {
      seed += 2;
      const depth = ids(shape.depth, seed);
      await post(depth, 1);
      const read = await post([...depth, ...ids(shape.prompt, seed + 1)], 1);
      const wrote = await post(depth, shape.write);
      return { prefill: read.timings.prompt_per_second, decode: wrote.timings.predicted_per_second };
    },
    stop: () => server.kill('SIGKILL'),
  };
}
