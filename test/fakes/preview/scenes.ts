import type { AppState } from '../../../electron/shared/appState.ts';
import type { Conversation } from '../../../electron/shared/conversations.ts';
import type { Citation } from '../../../electron/shared/citations.ts';
import type { ImageReceipt } from '../../../electron/shared/generation.ts';
import type { Overlay } from '../../../renderer/state/viewStore.ts';
import { catalogueSample, sampleSpeeds } from './catalogueSamples.ts';
import type { Model } from '../../../electron/shared/models.ts';
import type { FakeHostOptions } from '../fakeHost.ts';
import { richAnswer, shortAnswer } from './answers.ts';
import {
  changed,
  assistantMessage,
  lease,
  photo,
  photoPicture,
  receipt,
  sampleConversation,
  sampleState,
  sampleSummary,
  sampleTime,
  seeingModel,
  scan,
  textModel,
  till,
  userMessage,
} from './samples.ts';
import { computedReceipt, orders, orderTables, queryless } from './tableSamples.ts';

export interface Scene {
  readonly options: FakeHostOptions;
  /** Conversation to open; null for a new chat. */
  readonly open: string | null;
  readonly overlay: Overlay;
}

const leaseUse = { attachmentId: lease.id, panScan: 'auto', regions: [] } as const;
const photoUse = { attachmentId: photo.id, panScan: 'auto', regions: [] } as const;
const crops = [0, 1, 2].map((index) => ({ x: 0, y: index * 800, width: 1200, height: 800 }));
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
const documentReceipt = {
  ...receipt,
  documents: [
    { attachmentId: lease.id, file: lease.name, tokens: 7400, pages: lease.state.kind === 'document' ? lease.state.document.pages : [] },
  ],
} as const;

const citedAnswer =
  'In writing: “The tenant shall give notice in writing.” A late notice “counts for the month after”. It goes to “the agent of the landlord”.';
const citations: readonly Citation[] = [
  'The tenant shall give notice in writing.',
  'counts for the month after',
  'the agent of the landlord',
].map((quote, index) => {
  const start = citedAnswer.indexOf(`“${quote}`);
  const from = leaseText(9).indexOf(quote);
  const source = {
    attachmentId: lease.id,
    document: lease.name,
    page: 9,
    how: 'exact' as const,
    start: from,
    end: from + quote.length,
    rectangles: index === 0 ? [{ page: 9, x: 72, y: 112, width: 240, height: 16 }] : [],
  };
  return { start, end: start + quote.length + 2, quote, source: index === 2 ? null : source };
});

/** What the screens are judged by: nothing, one item, much, a long word, right to left, an error, work in progress. */
const conversations: Readonly<Record<string, () => Conversation | null>> = {
  empty: () => null,
  firstRun: () => null,
  chat: () =>
    sampleConversation([
      userMessage('1', null, 'What does clause 9 say about notice?', { attachments: [leaseUse] }),
      assistantMessage('2', '1', shortAnswer, { state: { kind: 'complete', receipt: documentReceipt } }),
      userMessage('3', '2', 'Make a table of all the dates, and show me how you would check them in Python.'),
      assistantMessage('4', '3', 'An earlier try.'),
      assistantMessage('5', '3', richAnswer),
    ]),
  cited: () =>
    sampleConversation([
      userMessage('1', null, 'How must notice be given, and to whom?', { attachments: [leaseUse] }),
      assistantMessage('2', '1', citedAnswer, { state: { kind: 'complete', receipt: { ...documentReceipt, citations } } }),
      userMessage('3', '2', 'Is there a parking space?'),
      assistantMessage('4', '3', 'Not in the document.', { state: { kind: 'complete', receipt: { ...documentReceipt, citations: [] } } }),
    ]),
  computed: () =>
    sampleConversation([
      userMessage('1', null, 'What did the north order in all?', { attachments: [{ ...leaseUse, attachmentId: orders.id }] }),
      assistantMessage('2', '1', '**18737.5**\n\nComputed: sum of Amount where Region is North; 53 of 214 rows.', {
        state: { kind: 'complete', receipt: computedReceipt },
      }),
      userMessage('3', '2', 'And which was the strangest?'),
      assistantMessage('4', '3', 'Nothing was computed: the model wrote no query that fits these tables.', {
        state: { kind: 'complete', receipt: queryless },
      }),
    ]),
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
  writing: () =>
    sampleConversation([
      userMessage('1', null, 'Tell me about the lease.', { attachments: [leaseUse] }),
      assistantMessage('2', '1', richAnswer.slice(0, 900), { state: { kind: 'generating', stage: { kind: 'writing', tokens: 212 } } }),
    ]),
  error: () =>
    sampleConversation([
      userMessage('1', null, 'Compare the two documents.', {
        attachments: [leaseUse, { attachmentId: scan.id, panScan: 'auto', regions: [] }],
      }),
      assistantMessage('2', '1', 'Both leases run for three years. The first begins', {
        state: { kind: 'failed', error: { code: 'engineStopped', details: { reason: 'GGML_ASSERT(n_tokens > 0) failed' } } },
      }),
      userMessage('3', '2', 'And the whole archive?'),
      assistantMessage('4', '3', '', {
        state: {
          kind: 'failed',
          error: {
            code: 'doesNotFit',
            details: {
              needed: 41_200,
              available: 8192,
              largestContext: 32_768,
              parts: [
                { part: 'documents', tokens: 39_000 },
                { part: 'conversation', tokens: 2200 },
              ],
            },
          },
        },
      }),
    ]),
  doesNotFit: () =>
    sampleConversation([
      userMessage('1', null, 'What does the lease say about notice?', { attachments: [leaseUse] }),
      assistantMessage('2', '1', shortAnswer),
      userMessage('3', '2', 'And the whole archive?', { attachments: [{ attachmentId: scan.id, panScan: 'auto', regions: [] }] }),
      assistantMessage('4', '3', '', {
        state: {
          kind: 'failed',
          error: {
            code: 'doesNotFit',
            details: {
              needed: 11_200,
              available: 8192,
              largestContext: 32_768,
              parts: [
                { part: 'documents', tokens: 6000 },
                { part: 'conversation', tokens: 3200 },
                { part: 'answer', tokens: 2000 },
              ],
              choices: [
                { kind: 'largerContext', contextTokens: 16_384, totalBytes: 3.3e9, moreBytes: 168e6 },
                { kind: 'compactHistory', conversationId: 'c', tokens: 3100 },
                { kind: 'readRelevant' },
                { kind: 'dropAttachment', attachmentId: scan.id, file: scan.name, tokens: 4000 },
              ],
            },
          },
        },
      }),
    ]),
  summarised: () => ({
    ...sampleConversation([
      userMessage('1', null, 'What does the lease say about notice?'),
      assistantMessage('2', '1', shortAnswer),
      userMessage('3', '2', 'And about the deposit?'),
      assistantMessage('4', '3', shortAnswer, { state: { kind: 'complete', receipt: { ...receipt, summarisedMessages: 2 } } }),
    ]),
    compactions: [
      {
        id: 's',
        conversationId: 'c',
        afterId: '2',
        messages: 2,
        summary:
          'The user asked about clause 9 of the lease. Notice is three months, in writing; a late notice counts for the month after.',
        createdAt: 0,
        model: 'Gemma 3 4B',
      },
    ],
  }),
  changed: () =>
    sampleConversation([
      userMessage('1', null, 'What does it say?', { attachments: [{ attachmentId: changed.id, panScan: 'auto', regions: [] }] }),
      assistantMessage('2', '1', shortAnswer),
    ]),
  private: () => {
    const shown = sampleConversation([
      userMessage('1', null, 'What does the lease say about notice?'),
      assistantMessage('2', '1', shortAnswer),
    ]);
    return { ...shown, summary: { ...shown.summary, id: 'private-c' } };
  },
  cannotSee: () => sampleConversation([userMessage('1', null, 'Hello'), assistantMessage('2', '1', 'Hello. What can I do?')]),
  hard: () =>
    sampleConversation([
      userMessage('1', null, `ما هو موعد الإشعار؟ ${'Donaudampfschifffahrtsgesellschaft'.repeat(6)}`),
      assistantMessage(
        '2',
        '1',
        `مهلة الإشعار ثلاثة أشهر كتابةً.\n\n${'https://example.com/'.repeat(12)}\n\n| A | B |\n|---|---|\n| ${'wide'.repeat(60)} | x |`,
      ),
    ]),
  hundred: () => longConversation(100),
  tenThousand: () => longConversation(10_000),
};

function longConversation(count: number): Conversation {
  return sampleConversation(
    Array.from({ length: count }, (_message, index) => {
      const parent = index === 0 ? null : String(index - 1);
      return index % 2 === 0
        ? userMessage(String(index), parent, `Question ${index / 2 + 1}: what about clause ${index}?`)
        : assistantMessage(String(index), String(index - 1), index % 10 === 1 ? richAnswer : shortAnswer);
    }),
  );
}

/** What the picker of models is judged by. */
const pickers: Readonly<Record<string, { readonly state: Partial<AppState>; readonly speeds: FakeHostOptions['speeds'] }>> = {
  models: {
    state: {
      models: catalogueSample({
        '270M': { kind: 'installed' },
        '1B': { kind: 'paused', receivedBytes: 3e8, totalBytes: 1e9 },
        '4B': { kind: 'installed' },
        '12B': { kind: 'downloading', receivedBytes: 3.1e9, totalBytes: 8.1e9, bytesPerSecond: 2.4e7, source: 'huggingface.co' },
        '27B': { kind: 'queued', receivedBytes: 0, totalBytes: 1.7e10, before: 1 },
      }),
    },
    speeds: sampleSpeeds,
  },
  modelsFirst: {
    state: {
      models: catalogueSample({
        '12B': { kind: 'failed', error: { code: 'networkFailed', details: { host: 'huggingface.co', reason: 'no answer' } } },
      }),
      engine: { kind: 'idle' },
      settings: { ...sampleState().settings, modelId: null, offline: true, termsAccepted: false },
    },
    speeds: [],
  },
  modelsLoading: {
    state: {
      models: catalogueSample({ '4B': { kind: 'installed' } }),
      engine: { kind: 'loading', modelId: 'gemma-3-4b-it-qat-q4_0', fraction: 0.4 },
    },
    speeds: sampleSpeeds,
  },
};
const servedBy = { address: 'https://gpu.example:8000/v1', host: 'gpu.example', nearby: false } as const;
const served: Model = {
  ...seeingModel,
  id: 'server-1',
  name: 'gemma-3-27b-it',
  size: '27B',
  text: { path: null, bytes: null, sha256: null },
  projector: null,
  server: servedBy,
};
const longName = `a-very-long-name-${'of-a-machine-'.repeat(6)}example`;

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
        ...(name === 'served'
          ? { models: [...base.models, served, { ...served, id: 'server-2', name: longName, server: { ...servedBy, host: longName } }] }
          : {}),
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

const pageSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="white"/><g font-family="serif" font-size="14"><text x="72" y="90" font-size="20">Clause 9</text><text x="72" y="125">The tenant shall give notice in writing. A late</text><text x="72" y="145">notice counts for the month after.</text></g></svg>`;

function leaseText(page: number): string {
  return `${page}. The tenant shall give notice in writing.\n\n${shortAnswer}`;
}
