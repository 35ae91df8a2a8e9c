import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { createSupervisor } from '../../electron/children/supervisor.ts';
import { createEngineClient } from '../../electron/engine/engineClient.ts';
import { checkGguf } from '../../electron/reader/gguf/checkGguf.ts';
import { toErrorData } from '../../electron/shared/errors.ts';
import { awkwardSpecs, scrambledFiles } from '../fakes/awkwardGguf.ts';
import { ggufOf, putTogether } from '../fakes/ggufOf.ts';
import { greedy, loadParams, projectRoot, readerPrompt, text, tinyReader } from './nativeEngine.ts';

// Whatever the check lets through may load or be refused, but it must not end the engine: each file is loaded and asked in a real engine process.

const folder = mkdtempSync(join(tmpdir(), 'facet-checked-'));
const entry = join(projectRoot, 'electron', 'engine', 'engineMain.ts');
const starter = createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: projectRoot } });
const supervisor = createSupervisor({ name: 'engine', starter, restartBudget: { count: 500, windowMs: 60_000, delayMs: 1 } });
const engine = createEngineClient({ supervisor });
const deaths: string[] = [];
beforeAll(() => {
  engine.onStopped((reason) => deaths.push(reason));
});
afterAll(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true });
});

const view = { key: 'grey', side: 112, rgb: new Uint8Array(112 * 112 * 3).fill(128) };

/** Loads the pair, looks at a picture and writes a few tokens. @returns null, or the code of the refusal */
async function use(textPath: string, projectorPath: string | null): Promise<string | null> {
  try {
    const { vision } = await engine.request('model.load', loadParams({ textPath, projectorPath, contextTokens: 512 }));
    const sees = vision?.side === view.side;
    if (sees) await engine.request('image.encode', view);
    const parts = sees ? readerPrompt(view.key, 'Total?') : [text('Total'.repeat(40))];
    await engine.request('generation.run', { runId: 'a', parts, sampling: greedy, maxTokens: 4, stopTexts: [] });
    return null;
  } catch (error) {
    return toErrorData(error).code;
  }
}

/** Checks every file and uses those that pass. @returns what ended the engine, and how many were used */
async function useAll(
  files: Iterable<readonly [string, Buffer]>,
  kind: 'text' | 'projector',
): Promise<{ readonly fatal: string[]; readonly used: number }> {
  const path = join(folder, `${kind}.gguf`);
  const fatal: string[] = [];
  let used = 0;
  for (const [name, bytes] of files) {
    writeFileSync(path, bytes);
    if (!(await checkGguf(path)).ok) continue;
    used += 1;
    const before = deaths.length;
    const outcome = kind === 'text' ? await use(path, null) : await use(tinyReader.textPath, path);
    if (deaths.length > before || outcome === 'engineStopped') fatal.push(`${name}: ${deaths.at(-1) ?? ''}`);
  }
  return { fatal, used };
}

/** One in so many is tried; with FACET_EVERY_AWKWARD_FILE=1 all of the some 1,500, in a few minutes. */
const step = process.env['FACET_EVERY_AWKWARD_FILE'] === '1' ? 1 : 7;

test.each([
  ['text', tinyReader.textPath],
  ['projector', tinyReader.projectorPath],
] as const)('no awkward value of a key in the %s file that passes the check ends the engine', { timeout: 600_000 }, async (kind, path) => {
  const { spec, data } = ggufOf(path);
  const files = awkwardSpecs(spec).filter((_, index) => index % step === 0);
  const { fatal, used } = await useAll(
    files.map(([name, changed]) => [name, putTogether(changed, data)] as const),
    kind,
  );
  expect(fatal).toEqual([]);
  // Not everything was refused, so that something was proved.
  expect(used).toBeGreaterThan(files.length / 20);
});

test('no scrambled header that passes the check ends the engine', { timeout: 600_000 }, async () => {
  // The text file's: most of it is vocabulary. A projector's header is names and shapes, where nothing passes.
  const { spec, data } = ggufOf(tinyReader.textPath);
  const { fatal, used } = await useAll(scrambledFiles(spec, data, 700 / step), 'text');
  expect(fatal).toEqual([]);
  expect(used).toBeGreaterThan(3);
});
