import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Receipt } from '../../../../electron/shared/generation.ts';
import {
  type ScriptedServices,
  modelId,
  newDataFolder,
  projectFolder,
  removeDataFolder,
  startScripted,
} from '../../../fakes/scriptedServices.ts';

let dataFolder: string;
let facet: ScriptedServices;
beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder, env: { FACET_SCRIPT_FULL_CARD: 'Radeon RX 7600' } });
  await facet.client.request('settings.update', { patch: { modelId } });
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function ask(text: string, attachments: readonly string[]): Promise<Receipt> {
  const { id } = await facet.client.request('conversation.create', {});
  const { assistantMessageId } = await facet.client.request('message.send', {
    conversationId: id,
    parentId: null,
    text,
    attachments: attachments.map((attachmentId) => ({ attachmentId, panScan: 'off', regions: [] })),
  });
  const { state } = await facet.answered(assistantMessageId);
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  return state.receipt;
}

test('an answer says that its pictures were looked at on the CPU since the card was full, and so do the next ones', async () => {
  const moved = 'Radeon RX 7600 has no room left for looking at pictures; that runs on the CPU until the model is loaded again';
  expect((await ask('Hello?', [])).warnings).not.toContain(moved);
  const path = join(projectFolder, 'test', 'fixtures', 'labels', 'ticket.png');
  const { id } = await facet.client.request('attachment.addFile', { path });
  expect((await ask('Total?', [id])).warnings.filter((warning) => warning === moved)).toHaveLength(1);
  expect((await ask('And again?', [])).warnings).toContain(moved);
  await facet.client.request('model.unload', {});
  expect((await ask('Hello again?', [])).warnings).not.toContain(moved);
});
