import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AttachmentUse } from '../../../../electron/shared/conversations.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';
import { eventually } from '../../../fakes/eventually.ts';

/** A picture of 3:1 is cut into three by the reference; with the whole of it four views. */
const views = 4;

let dataFolder: string;
let facet: ScriptedServices;
let prepared: { readonly attachmentId: string; readonly done: number; readonly total: number }[];

async function start(encodeMs: number): Promise<void> {
  facet = await startScripted({ dataFolder, preparesViews: true, env: { FACET_SCRIPT_ENCODE_MS: String(encodeMs) } });
  facet.client.on('image.prepared', (event) => prepared.push(event));
  await facet.client.request('settings.update', { patch: { modelId, panScan: 'reference' } });
}

beforeEach(() => {
  dataFolder = newDataFolder();
  prepared = [];
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function drop(shade = 200): Promise<AttachmentUse> {
  const path = join(dataFolder, `wide-${String(shade)}.png`);
  // Each strip has a shade of its own, or two of them would be one view.
  const strips = [0, 1, 2].map((index) => ({ input: { create: strip(shade + 15 * index) }, left: 400 * index, top: 0 }));
  await sharp({ create: { ...strip(0), width: 1200 } })
    .composite(strips)
    .png()
    .toFile(path);
  const { id } = await facet.client.request('attachment.addFile', { path });
  return { attachmentId: id, panScan: 'reference', regions: [] };
}

const strip = (shade: number) => ({ width: 400, height: 400, channels: 3, background: { r: shade, g: shade, b: 9 } }) as const;

const preparedTo = (done: number, { attachmentId }: AttachmentUse): Promise<void> =>
  vi.waitFor(() => expect(prepared.some((event) => event.attachmentId === attachmentId && event.done >= done)).toBe(true), {
    timeout: 20_000,
    interval: 2,
  });

async function ask(text: string, attachments: readonly AttachmentUse[]) {
  const { id } = await facet.client.request('conversation.create', {});
  return askIn(id, text, attachments);
}

async function askIn(id: string, text: string, attachments: readonly AttachmentUse[]) {
  const sent = await facet.client.request('message.send', { conversationId: id, parentId: null, text, attachments });
  const { state } = await facet.answered(sent.assistantMessageId);
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  return state.receipt;
}

test('a dropped picture is encoded before anyone asks, and asking encodes nothing', async () => {
  await start(5);
  await facet.client.request('model.load', { id: modelId });
  const use = await drop();
  await preparedTo(views, use);
  expect(prepared.map(({ done, total }) => [done, total])).toEqual([0, 1, 2, 3, 4].map((done) => [done, views]));
  const receipt = await ask('What is it?', [use]);
  expect(receipt.images).toMatchObject([{ cached: true, encodeMs: 0, crops: [{}, {}, {}] }]);
  expect(receipt.timings.encodeMs).toBe(0);
});

test('a picture dropped before there is a model is encoded as soon as one is loaded', async () => {
  await start(5);
  const use = await drop();
  await facet.client.request('attachment.read', { id: use.attachmentId });
  expect(prepared).toEqual([]);
  await facet.client.request('model.load', { id: modelId });
  await preparedTo(views, use);
});

test('a send in the middle waits only for what is left, and each view is encoded once', async () => {
  await start(500);
  await facet.client.request('model.load', { id: modelId });
  const { id } = await facet.client.request('conversation.create', {});
  const use = await drop();
  await preparedTo(2, use);
  const receipt = await askIn(id, 'What is it?', [use]);
  const { views: ofPicture = [] } = receipt.images[0] ?? {};
  expect(ofPicture.map(({ cached }) => cached).slice(0, 2)).toEqual([true, true]);
  // The view that was under way is finished for the answer; the last is the answer's own.
  expect(ofPicture.filter(({ cached }) => !cached).length).toBeLessThanOrEqual(2);
  expect(ofPicture.at(-1)).toMatchObject({ cached: false });
});

test('a question about something else goes first, and the picture goes on after it', async () => {
  await start(400);
  await facet.client.request('model.load', { id: modelId });
  const use = await drop();
  await preparedTo(1, use);
  await ask('How are you?', []);
  expect(Math.max(...prepared.map(({ done }) => done))).toBeLessThan(views);
  await preparedTo(views, use);
});

test('a removed picture is not encoded any further', async () => {
  await start(100);
  await facet.client.request('model.load', { id: modelId });
  const use = await drop();
  await preparedTo(1, use);
  await facet.client.request('attachment.remove', { id: use.attachmentId });
  const before = prepared.length;
  await delay(350);
  expect(prepared.length).toBe(before);
  // The engine is free: another picture is encoded at once.
  await preparedTo(views, await drop(100));
});

test('what the draft says counts: another way of looking is prepared instead', async () => {
  await start(5);
  await facet.client.request('model.load', { id: modelId });
  const use = await drop();
  await preparedTo(views, use);
  prepared = [];
  const draft = { conversationId: null, parentId: null, text: 'x', attachments: [{ ...use, panScan: 'off' as const }] };
  await facet.client.request('context.measure', draft);
  await eventually(() => expect(prepared.at(-1)).toMatchObject({ done: 1, total: 1 }));
  await facet.client.request('context.measure', draft);
  await delay(50);
  expect(prepared).toHaveLength(2);
});

test('a plan tells what is left, and still does after a restart', async () => {
  await start(50);
  await facet.client.request('model.load', { id: modelId });
  const use = await drop();
  await preparedTo(2, use);
  const half = await facet.client.request('attachment.plan', use);
  expect(half.ready).toBeGreaterThanOrEqual(2);
  expect(half.predictedMs).toBe((views - half.ready) * 50);
  await preparedTo(views, use);
  expect(await facet.client.request('attachment.plan', use)).toMatchObject({ ready: views, predictedMs: 0 });
  expect(await facet.client.request('attachment.plan', { ...use, panScan: 'off' })).toMatchObject({ ready: 1, predictedMs: 0 });

  await facet.close();
  await start(50);
  await facet.client.request('model.load', { id: modelId });
  expect(await facet.client.request('attachment.plan', use)).toMatchObject({ ready: views, predictedMs: 0 });
  // This engine keeps nothing on disk: looking finds that out, and the plan says so from then on until it is encoded again.
  const receipt = await ask('What is it?', [use]);
  expect(receipt.images).toMatchObject([
    { cached: false, views: [{ cached: false }, { cached: false }, { cached: false }, { cached: false }] },
  ]);
  expect(await facet.client.request('attachment.plan', use)).toMatchObject({ ready: views });
});
