import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { connectEngine, greedy, loadParams, text, tinyReader } from './nativeEngine.ts';

const engine = connectEngine();
const folder = mkdtempSync(join(tmpdir(), 'facet-loading-'));
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const load = (change: Parameters<typeof loadParams>[0], signal?: AbortSignal) => engine.request('model.load', loadParams(change), signal);
const code = (expected: object) => ({ data: expected });

test('the engine describes itself without a model', async () => {
  const { llamaVersion, devices } = await engine.request('engine.describe', {});
  expect(llamaVersion).toMatch(/^0\.5\.0/);
  expect(devices.some(({ kind, totalBytes }) => kind === 'cpu' && totalBytes > 0)).toBe(true);
});

describe('a file that is no Gemma 3', () => {
  const file = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  test('is missing', async () => {
    await expect(load({ textPath: join(folder, 'none.gguf') })).rejects.toMatchObject(code({ code: 'modelMissing' }));
  });
  test('is no GGUF', async () => {
    await expect(load({ textPath: file('a.gguf', Buffer.from('not a model at all')) })).rejects.toMatchObject(
      code({ code: 'modelInvalid' }),
    );
  });
  test('is a vision file', async () => {
    await expect(load({ textPath: tinyReader.projectorPath })).rejects.toMatchObject(
      code({ code: 'modelInvalid', details: { check: 'not-gemma3' } }),
    );
  });
  test('is cut off', async () => {
    const whole = readFileSync(tinyReader.textPath);
    await expect(load({ textPath: file('b.gguf', whole.subarray(0, whole.length / 2)) })).rejects.toMatchObject(
      code({ code: 'modelLoadFailed' }),
    );
  });
  test('has a text model as projector', async () => {
    await expect(load({ projectorPath: tinyReader.textPath })).rejects.toMatchObject(
      code({ code: 'modelInvalid', details: { check: 'not-gemma3-projector' } }),
    );
  });
});

test('a failed load leaves nothing loaded and the engine well', async () => {
  await load({});
  await expect(load({ textPath: join(folder, 'none.gguf') })).rejects.toThrow();
  const run = { runId: 'a', parts: [text('Total')], sampling: greedy, maxTokens: 1, stopTexts: [] };
  await expect(engine.request('generation.run', run)).rejects.toMatchObject(code({ code: 'modelMissing' }));
  await load({});
  expect((await engine.request('generation.run', run)).promptTokens).toBe(2);
});

test('a load can be cancelled', async () => {
  const controller = new AbortController();
  const loading = load({}, controller.signal);
  controller.abort();
  await expect(loading).rejects.toMatchObject(code({ code: 'cancelled' }));
});

test('without a projector the model sees nothing', async () => {
  expect((await load({ projectorPath: null })).vision).toBeNull();
  const view = { key: 'a', side: 112, rgb: new Uint8Array(112 * 112 * 3) };
  await expect(engine.request('image.encode', view)).rejects.toMatchObject(code({ code: 'modelCannotSee' }));
});

test.each([
  { contextTokens: 256, got: 256 },
  { contextTokens: 300, got: 512 },
  { contextTokens: 131_072, got: 2048 },
])('a context of $contextTokens becomes $got', async ({ contextTokens, got }) => {
  expect((await load({ contextTokens })).contextTokens).toBe(got);
});

test('a device that is not there is refused by name', async () => {
  await expect(load({ gpu: 'CUDA7' })).rejects.toMatchObject(code({ code: 'invalidRequest', details: { field: 'gpu' } }));
});

test('the vocabulary alone tokenises and takes no weights', async () => {
  const loaded = await load({ vocabularyOnly: true });
  expect(loaded).toMatchObject({
    contextLimit: 2048,
    vision: { side: 112, tokens: 16 },
    memory: { weights: 0, kv: 0, compute: 0, vision: 0 },
  });
  expect((await engine.request('prompt.tokenize', { parts: [text('Total')] })).ids).toEqual([2, 17]);
});

test('unloading frees the model', async () => {
  await load({});
  await engine.request('model.unload', {});
  await expect(engine.request('prompt.tokenize', { parts: [text('Total')] })).rejects.toMatchObject(code({ code: 'modelMissing' }));
});

test('an addon that cannot be opened is told in the answer', async () => {
  const { createPortPair, createRpcClient } = await import('../../electron/shared/rpc.ts');
  const { createEngineServer } = await import('../../electron/engine/engineServer.ts');
  const [host, child] = createPortPair();
  createEngineServer(child, () => {
    throw new Error('facet.node was not built');
  });
  const client = createRpcClient(host);
  await expect(client.request('engine.describe', {})).rejects.toMatchObject(
    code({ code: 'internal', details: { message: 'facet.node was not built' } }),
  );
  client.close();
});
