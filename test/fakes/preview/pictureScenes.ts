import type { Conversation } from '../../../electron/shared/conversations.ts';
import type { ImageReceipt } from '../../../electron/shared/generation.ts';
import { assistantMessage, photo, receipt, sampleConversation, till, userMessage } from './samples.ts';

const photoUse = { attachmentId: photo.id, panScan: 'auto', regions: [] } as const;
export const crops = [0, 1, 2].map((index) => ({ x: 0, y: index * 800, width: 1200, height: 800 }));
const part = { x: 200, y: 960, width: 760, height: 120 };
const kept = { encodeMs: 0, cached: true };
const lookedAt: ImageReceipt = {
  attachmentId: photo.id,
  file: photo.name,
  width: 1200,
  height: 2400,
  mode: 'auto',
  crops,
  tokens: 1040,
  encodeMs: 3200,
  cached: false,
  side: 896,
  viewTokens: 256,
  views: [kept, ...crops.map(() => ({ encodeMs: 1067, cached: false }))],
};
const fineCrops = Array.from({ length: 19 }, (_crop, index) => ({
  x: (index % 3) * 400,
  y: Math.floor(index / 3) * 340,
  width: 400,
  height: 360,
}));
const cutFine: ImageReceipt = {
  ...lookedAt,
  crops: fineCrops,
  tokens: 5210,
  encodeMs: 21_400,
  views: [kept, ...fineCrops.map((_crop, index) => ({ encodeMs: index < 6 ? 0 : 1190, cached: index < 6 }))],
};
const photoReceipt = { ...receipt, images: [lookedAt] };

/** Answers about pictures: one, several, a finely cut one, one being looked at. */
export const pictureScenes: Readonly<Record<string, () => Conversation | null>> = {
  picture: () =>
    sampleConversation([
      userMessage('1', null, 'What is the total?', { attachments: [photoUse] }),
      assistantMessage('2', '1', 'The total is **96.75**.', { state: { kind: 'complete', receipt: photoReceipt } }),
    ]),
  pictures: () =>
    sampleConversation([
      userMessage('1', null, 'What is the total?', { attachments: [photoUse, { ...photoUse, attachmentId: till.id }] }),
      assistantMessage('2', '1', 'It is **96.75** on the first and **12.40** on the second.', {
        state: {
          kind: 'complete',
          receipt: { ...photoReceipt, images: [lookedAt, { ...lookedAt, attachmentId: till.id, file: till.name }] },
        },
      }),
      userMessage('3', '2', 'And item 7?', { attachments: [{ ...photoUse, panScan: 'region', regions: [part] }] }),
      assistantMessage('4', '3', 'Item 7 costs **4.50**.', {
        state: {
          kind: 'complete',
          receipt: {
            ...photoReceipt,
            images: [
              { ...lookedAt, cached: true, encodeMs: 0 },
              { ...lookedAt, mode: 'region', crops: [part], tokens: 538, encodeMs: 810, views: [kept, { encodeMs: 810, cached: false }] },
            ],
          },
        },
      }),
    ]),
  manyViews: () =>
    sampleConversation([
      userMessage('1', null, 'What is the total?', { attachments: [photoUse] }),
      assistantMessage('2', '1', 'The total is **96.75**.', {
        state: { kind: 'complete', receipt: { ...photoReceipt, images: [cutFine] } },
      }),
    ]),
  working: () =>
    sampleConversation([
      userMessage('1', null, 'What is the total on this receipt?', { attachments: [photoUse] }),
      assistantMessage('2', '1', '', {
        state: { kind: 'generating', stage: { kind: 'lookingAtView', name: photo.name, view: 3, views: 4 } },
      }),
    ]),
};
