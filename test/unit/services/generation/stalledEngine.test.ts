import { afterEach, beforeEach, expect, test } from 'vitest';
import { stallWarning } from '../../../../electron/services/generation/stallWarning.ts';
import type { EngineState } from '../../../../electron/shared/models.ts';
import { isStalled } from '../../../../electron/shared/models.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

let dataFolder: string;
let facet: ScriptedServices;
let engines: EngineState[];

beforeEach(async () => {
  dataFolder = newDataFolder();
  // A minute of standing still takes 30 beats.
  facet = await startScripted({ dataFolder, beatMs: 20 });
  // Loaded before anything is asked: its process says nothing while it starts.
  await facet.client.request('model.load', { id: modelId });
  engines = [];
  facet.client.on('engine.changed', ({ engine }) => engines.push(engine));
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function send(text: string) {
  const { id } = await facet.client.request('conversation.create', {});
  return facet.client.request('message.send', { conversationId: id, parentId: null, text, attachments: [] });
}

const stalled = () => expect.poll(() => isStalled(engines.at(-1) ?? { kind: 'idle' }), { timeout: 30_000 });

test('an engine that stands still is told, and restarted on request: what was written is kept and goes on', async () => {
  const { assistantMessageId } = await send('[[hang]] [[say One two three]]');
  const ended = facet.answered(assistantMessageId);
  await stalled().toBe(true);
  // A page that connects now is told too.
  const { state } = await facet.connect().request('app.snapshot', {});
  expect(state.engine).toMatchObject({ kind: 'ready', stalled: true });
  await facet.client.request('engine.restart', {});
  const answer = await ended;
  expect(answer).toMatchObject({
    text: 'One two three',
    state: { kind: 'failed', error: { code: 'engineStopped', details: { reason: 'you restarted it' } } },
  });
  await expect.poll(() => engines.at(-1), { timeout: 30_000 }).toMatchObject({ kind: 'ready' });
  expect(engines.at(-1)).not.toHaveProperty('stalled');
});

test('one that goes on by itself is no longer told, and the answer says what happened', async () => {
  const { assistantMessageId } = await send('[[prefill 6000]] [[say Here I am]]');
  const ended = facet.answered(assistantMessageId);
  await stalled().toBe(true);
  const { text, state } = await ended;
  expect(text).toBe('Here I am');
  expect(state).toMatchObject({ kind: 'complete', receipt: { warnings: [stallWarning] } });
  await stalled().toBe(false);
});
