import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Supervisor, createSupervisor } from '../../../electron/children/supervisor.ts';
import { createEngineClient } from '../../../electron/engine/engineClient.ts';
import { projectFolder, scriptedChildren } from '../../fakes/scriptedChildren.ts';

const supervisors: Supervisor[] = [];
afterEach(() => Promise.all(supervisors.splice(0).map((supervisor) => supervisor.stop())));

async function startScripted(graceMs: number) {
  const supervisor = createSupervisor({
    name: 'engine',
    starter: scriptedChildren(),
    restartBudget: { count: 4, windowMs: 60_000, delayMs: 1 },
  });
  supervisors.push(supervisor);
  const engine = createEngineClient({ supervisor, graceMs });
  const stopped: string[] = [];
  engine.onStopped((reason) => stopped.push(reason));
  const load = () =>
    engine.request('model.load', {
      textPath: join(projectFolder, 'assets/models/tiny-reader/text.gguf'),
      projectorPath: null,
      contextTokens: 512,
      gpu: 'off',
      threads: 1,
      vocabularyOnly: false,
    });
  await load();
  return { engine, stopped, load };
}

const run = (question: string) => ({
  runId: question,
  parts: [{ kind: 'text', text: question }] as const,
  sampling: { temperature: 0, topK: 64, topP: 0.95, minP: 0, seed: 1 },
  maxTokens: 100,
  stopTexts: [],
});

test('an engine that goes on although it was told to stop is ended, and the next request finds a new one', async () => {
  const { engine, stopped, load } = await startScripted(50);
  const controller = new AbortController();
  engine.on('generation.wrote', () => controller.abort());
  const asked = engine.request('generation.run', run('[[hang]] [[say One]]'), controller.signal);
  const beside = engine.request('generation.run', run('[[say Two]]'));
  await expect(asked).rejects.toMatchObject({ data: { code: 'cancelled' } });
  await expect(beside).rejects.toMatchObject({ data: { code: 'engineStopped' } });
  expect(stopped).toEqual(['it did not stop within 0.05 s when it was told to']);
  await load();
  expect((await engine.request('generation.run', run('[[say Three]]'))).text).toBe('Three');
});

test('one that stops in time lives on', async () => {
  const { engine, stopped } = await startScripted(5_000);
  const controller = new AbortController();
  const stop = engine.on('generation.wrote', () => controller.abort());
  const { stopReason } = await engine.request('generation.run', run('[[slow 20]] [[tokens 90]]'), controller.signal);
  stop();
  expect(stopReason).toBe('cancelled');
  expect((await engine.request('generation.run', run('[[say Two]]'))).text).toBe('Two');
  expect(stopped).toEqual([]);
});
