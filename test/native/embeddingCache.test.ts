import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { createSupervisor } from '../../electron/children/supervisor.ts';
import { createEngineClient } from '../../electron/engine/engineClient.ts';
import type { EncodedView, RunResult } from '../../electron/engine/engineContract.ts';
import { viewOf } from './labels.ts';
import { greedy, loadParams, projectRoot, readerPrompt } from './nativeEngine.ts';

const tiny = 'a'.repeat(64);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-embeddings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Outcome {
  readonly known: readonly boolean[];
  readonly view: EncodedView;
  readonly result: RunResult;
}

/** Asks about a label in a process of its own. */
async function askInNewProcess(file: string, projectorSha256 = tiny, keep = true): Promise<Outcome> {
  const entry = join(projectRoot, 'electron', 'engine', 'engineMain.ts');
  const starter = createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: projectRoot } });
  const supervisor = createSupervisor({ name: 'engine', starter });
  const client = createEngineClient({ supervisor });
  try {
    await client.request('model.load', loadParams({ embeddingFolder: folder, projectorSha256 }));
    const { key, rgb } = await viewOf(file, 112);
    const { known } = await client.request('image.known', { keys: [key, 'b'.repeat(64), '../key'] });
    const view = await client.request('image.encode', { key, side: 112, rgb, keep });
    const parts = readerPrompt(key, file === 'parcel.png' ? 'Total?' : 'Gate?');
    const result = await client.request('generation.run', { runId: 'a', parts, sampling: greedy, maxTokens: 12, stopTexts: [] });
    return { known, view, result };
  } finally {
    await supervisor.stop();
  }
}

test('a second process encodes nothing and answers the same', async () => {
  const first = await askInNewProcess('parcel.png');
  expect(first.known).toEqual([false, false, false]);
  expect(first.view).toMatchObject({ cached: false, tokens: 16 });
  expect(first.view.encodeMs).toBeGreaterThan(first.view.setupMs);
  const second = await askInNewProcess('parcel.png');
  expect(second.known).toEqual([true, false, false]);
  expect(second.view).toEqual({ cached: true, encodeMs: 0, setupMs: 0, tokens: 16 });
  expect(second.result.text).toBe('731');
  expect(second.result.ids).toEqual(first.result.ids);
});

test('a view of a private chat is encoded and leaves nothing on disk', async () => {
  const { view, result } = await askInNewProcess('parcel.png', tiny, false);
  expect(view.cached).toBe(false);
  expect(result.text).toBe('731');
  expect(readdirSync(folder)).toEqual([]);
});

test('another picture and another projector are encoded themselves', async () => {
  await askInNewProcess('parcel.png');
  expect((await askInNewProcess('ticket.png')).view.cached).toBe(false);
  expect((await askInNewProcess('parcel.png', 'c'.repeat(64))).view.cached).toBe(false);
  expect(readdirSync(folder)).toHaveLength(3);
});

test('a damaged file is encoded again and replaced, without a word', async () => {
  await askInNewProcess('parcel.png');
  const path = join(folder, readdirSync(folder)[0] ?? '');
  const sound = readFileSync(path);
  const bytes = Buffer.from(sound);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3);
  writeFileSync(path, bytes);
  const again = await askInNewProcess('parcel.png');
  expect(again.view.cached).toBe(false);
  expect(again.result.text).toBe('731');
  expect((await askInNewProcess('parcel.png')).view.cached).toBe(true);
});

test('a sound embedding of another width is refused by the engine, and the view is encoded', async () => {
  await askInNewProcess('parcel.png');
  const { writeEmbedding } = await import('../../electron/engine/embeddingFile.ts');
  const { key } = await viewOf('parcel.png', 112);
  const path = join(folder, readdirSync(folder)[0] ?? '');
  writeFileSync(path, writeEmbedding({ projectorSha256: tiny, viewSha256: key }, 16, new Float32Array(16 * 7)));
  const again = await askInNewProcess('parcel.png');
  expect(again.view.cached).toBe(false);
  expect(again.result.text).toBe('731');
});

test('a key that is not the hash of the pixels is refused where embeddings outlive the process', async () => {
  const entry = join(projectRoot, 'electron', 'engine', 'engineMain.ts');
  const starter = createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: projectRoot } });
  const supervisor = createSupervisor({ name: 'engine', starter });
  const client = createEngineClient({ supervisor });
  try {
    await client.request('model.load', loadParams({ embeddingFolder: folder, projectorSha256: tiny }));
    const { rgb } = await viewOf('parcel.png', 112);
    await expect(client.request('image.encode', { key: 'd'.repeat(64), side: 112, rgb })).rejects.toMatchObject({
      data: { code: 'invalidRequest', details: { field: 'key' } },
    });
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    await supervisor.stop();
  }
});
