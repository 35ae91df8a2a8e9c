import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greedy, loadEngine, openAddon, text } from './nativeEngine.ts';

/** Threads of libuv's pool, unless the environment says otherwise. */
const poolThreads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);

test.skipIf(process.platform === 'win32')('work in the engine does not wait for file work', async () => {
  const binding = openAddon();
  const { engine } = await loadEngine(binding);
  const folder = mkdtempSync(join(tmpdir(), 'facet-pool-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Opening a pipe waits for its other end: every thread of the pool stands still.
  const waiting = Array.from({ length: poolThreads }, () => open(pipe, 'r'));
  let opened = 0;
  for (const handle of waiting) void handle.then(() => (opened += 1));

  expect((await engine.tokenize([text('Total?')])).ids.length).toBeGreaterThan(1);
  const told: string[] = [];
  const params = { runId: 'a', parts: [text('Total?')], sampling: greedy, maxTokens: 3, stopTexts: [] };
  await engine.run(params, new binding.CancelFlag(), (name) => told.push(name));
  expect(told[0]).toBe('prefilled');
  expect(told.at(-1)).toBe('wrote');
  expect(opened).toBe(0);

  const otherEnd = openSync(pipe, constants.O_WRONLY);
  await Promise.all((await Promise.all(waiting)).map((handle) => handle.close()));
  closeSync(otherEnd);
  rmSync(folder, { recursive: true });
});
