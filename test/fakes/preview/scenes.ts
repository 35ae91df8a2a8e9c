import type { Overlay } from '../../../renderer/state/viewStore.ts';
import type { FakeHostOptions } from '../fakeHost.ts';
import { richAnswer } from './answers.ts';
import { orders, orderTables } from './tableSamples.ts';
import { lease, photo, photoPicture, receipt, sampleState, sampleSummary, sampleTime, textModel, till } from './samples.ts';
import { chatScenes } from './chatScenes.ts';
import { documentScenes, leaseText, pageSvg } from './documentScenes.ts';
import { limitScenes } from './limitScenes.ts';
import { pickers, searchModel, servedModels } from './modelScenes.ts';
import { crops, pictureScenes } from './pictureScenes.ts';

export interface Scene {
  readonly options: FakeHostOptions;
  /** Conversation to open; null for a new chat. */
  readonly open: string | null;
  readonly overlay: Overlay;
}

/** What the screens are judged by: nothing, one item, much, a long word, right to left, an error, work in progress. */
const conversations = { ...chatScenes, ...documentScenes, ...pictureScenes, ...limitScenes };

export function scene(name: string, theme: 'light' | 'dark'): Scene {
  const picker = pickers[name];
  const conversation = conversations[name]?.() ?? null;
  const base = sampleState(picker?.state);
  const modelId = name === 'firstRun' ? null : name === 'cannotSee' ? textModel.id : base.settings.modelId;
  const others = ['Boiler manual', 'Receipt from Mill Cafe', '', 'Translation of the letter from the tax office'].map((title, index) =>
    sampleSummary(`other-${index}`, title, index * 30),
  );
  return {
    open: conversation?.summary.id ?? null,
    overlay: picker === undefined ? 'none' : 'picker',
    options: {
      state: sampleState({
        ...picker?.state,
        ...(name === 'served' ? { models: [...base.models, ...servedModels] } : {}),
        ...(name === 'meaning' ? { models: [...base.models, searchModel] } : {}),
        ...(name === 'computed' ? { attachments: [...base.attachments, orders] } : {}),
        settings: { ...base.settings, theme, modelId },
        engine: name === 'firstRun' ? { kind: 'idle' } : base.engine,
        conversations: [...(conversation === null ? [] : [conversation.summary]), ...(name === 'firstRun' ? [] : others)],
      }),
      conversations: conversation === null ? [] : [conversation],
      script: () => ({
        stages: [
          { stage: { kind: 'readingDocument', name: lease.name, page: 4, pages: 14 }, pauseMs: 200 },
          { stage: { kind: 'writing', tokens: 1 }, pauseMs: 200 },
        ],
        pieces: richAnswer.repeat(4).match(/[\s\S]{1,40}/g) ?? [],
        pauseMs: 40,
        receipt,
      }),
      log:
        name === 'reported'
          ? [
              { at: sampleTime, source: 'engine', level: 'warning', text: 'the picture encoder runs as its file is: no room for a copy' },
              {
                at: sampleTime + 61_000,
                source: 'engine',
                level: 'error',
                text: 'ggml_vulkan: device memory allocation of size 1073741824 failed',
              },
              {
                at: sampleTime + 62_000,
                source: 'engine',
                level: 'fatal',
                text: 'the engine stopped: it ran out of memory (signal SIGKILL)',
              },
            ]
          : [],
      ...(name === 'meaning'
        ? {
            meaning: {
              documents: 14,
              ready: 11,
              distrusted: 1,
              working: { name: lease.name, done: 31, total: 80 },
              memoryBytes: 3.91e8,
              problem: null,
            },
          }
        : {}),
      pictures: { [photo.id]: photoPicture, [till.id]: photoPicture },
      crops,
      ...(picker?.speeds === undefined ? {} : { speeds: picker.speeds }),
      ...(name === 'cited' ? { pagePicture: { id: lease.id, svg: pageSvg } } : {}),
      tables: { [orders.id]: orderTables },
      texts: {
        [lease.id]: Array.from({ length: 14 }, (_page, index) => leaseText(index + 1)),
      },
    },
  };
}
