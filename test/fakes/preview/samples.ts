import type { AppState } from '../../../electron/shared/appState.ts';
import type { Attachment } from '../../../electron/shared/attachments.ts';
import type { AssistantMessage, Conversation, ConversationSummary, Message, UserMessage } from '../../../electron/shared/conversations.ts';
import type { Receipt } from '../../../electron/shared/generation.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { defaultSettings } from '../../../electron/shared/settings.ts';

/** Pieces of state from which scenes and component tests are put together. */
export const sampleTime = Date.UTC(2026, 4, 4, 9, 0);

export const textModel: Model = {
  id: 'gemma-3-270m-it-qat-q4_0',
  name: 'Gemma 3 270M',
  size: '270M',
  quantisation: 'Q4_0',
  text: { path: '/models/text.gguf', bytes: 241_000_000, sha256: null },
  projector: null,
  profile: 'turns',
  contextLimit: 32_768,
  builtIn: false,
  state: { kind: 'installed' },
  notes: [],
  licence: 'Gemma Terms of Use',
};

export const tinyReader: Model = {
  ...textModel,
  id: 'tiny-reader',
  name: 'Tiny reader',
  size: 'custom',
  text: { path: '/models/tiny.gguf', bytes: 9_000_000, sha256: null },
  projector: { path: '/models/tiny-mmproj.gguf', bytes: 4_000_000, sha256: null },
  builtIn: true,
};

export const seeingModel: Model = {
  ...textModel,
  id: 'gemma-3-4b-it-qat-q4_0',
  name: 'Gemma 3 4B',
  size: '4B',
  text: { path: '/models/4b.gguf', bytes: 2_500_000_000, sha256: null },
  projector: { path: '/models/4b-mmproj.gguf', bytes: 850_000_000, sha256: null },
  contextLimit: 131_072,
};

export const receipt: Receipt = {
  model: { id: seeingModel.id, name: seeingModel.name, path: '/models/4b.gguf', sha256: 'a'.repeat(64), backend: 'CPU', profile: 'turns' },
  promptTokens: 2240,
  cachedTokens: 1980,
  generatedTokens: 212,
  stopReason: 'endOfTurn',
  seed: 1_234_567,
  images: [],
  documents: [],
  warnings: [],
  timings: { loadMs: 0, encodeMs: 0, prefillMs: 820, firstTokenMs: 900, decodeMs: 8100 },
  memory: { weights: 2_500_000_000, kv: 120_000_000, compute: 300_000_000, vision: 850_000_000 },
};

export const lease: Attachment = {
  id: 'lease',
  name: 'lease.pdf',
  bytes: 182_000,
  sha256: 'b'.repeat(64),
  createdAt: sampleTime,
  state: {
    kind: 'document',
    document: {
      format: 'pdf',
      title: 'Lease of 12 Mill Lane',
      pages: Array.from({ length: 14 }, (_page, index) => ({ page: index + 1, source: 'text', characters: 2100, warnings: [] }) as const),
      coverage: { pages: 14, text: 14, ocr: 0, vision: 0, blank: 0, failed: 0 },
      characters: 29_400,
      warnings: [],
    },
  },
};

/** The lease, on disk in another form by now. */
export const changed: Attachment = { ...lease, id: 'changed', fileKey: 'k', changedOnDisk: true };

export const scan: Attachment = {
  ...lease,
  id: 'scan',
  sha256: 'e'.repeat(64),
  name: 'annual-report-2025-final-signed-version-with-a-very-long-file-name.pdf',
  state: {
    kind: 'document',
    document: {
      format: 'pdf',
      title: '',
      pages: Array.from({ length: 14 }, (_page, index) => ({
        page: index + 1,
        ...(index === 2
          ? { source: 'ocr' as const, characters: 1_800, warnings: ['a scan: its text was read by OCR and may hold mistakes'] }
          : index === 5
            ? { source: 'blank' as const, characters: 0, warnings: [] }
            : index === 8
              ? { source: 'failed' as const, characters: 0, warnings: ['this page is damaged'] }
              : { source: 'text' as const, characters: 1_655, warnings: [] }),
      })),
      coverage: { pages: 14, text: 11, ocr: 1, vision: 0, blank: 1, failed: 1 },
      characters: 20_000,
      warnings: [],
    },
  },
};

export const photo: Attachment = {
  id: 'photo',
  name: 'receipt.jpg',
  bytes: 2_400_000,
  sha256: 'c'.repeat(64),
  createdAt: sampleTime,
  state: { kind: 'image', image: { format: 'jpeg', width: 1200, height: 2400, warnings: [] } },
};

export const till: Attachment = { ...photo, id: 'till', name: 'till-roll.png', sha256: 'd'.repeat(64) };

export const photoPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 1200" preserveAspectRatio="none" width="600" height="1200"><rect width="600" height="1200" fill="#d8d2c4"/><rect x="90" y="60" width="420" height="1080" fill="#fffdf8"/><g font-family="monospace" font-size="26" fill="#333"><text x="190" y="140" font-size="34">MILL CAFE</text>${Array.from(
  { length: 18 },
  (_line, index) => `<text x="120" y="${240 + index * 44}">Item ${index + 1} ............ ${(2.4 + index * 0.35).toFixed(2)}</text>`,
).join('')}<text x="120" y="1090" font-size="32">TOTAL       96.75</text></g></svg>`;

export function sampleState(change: Partial<AppState> = {}): AppState {
  return {
    settings: { ...defaultSettings, modelId: seeingModel.id, termsAccepted: true },
    models: [textModel, seeingModel, tinyReader],
    engine: {
      kind: 'ready',
      modelId: seeingModel.id,
      contextTokens: 8192,
      backend: 'CPU',
      sees: true,
      memory: receipt.memory,
      loadMs: 900,
    },
    conversations: [],
    attachments: [lease, scan, photo, till, changed],
    ...change,
  };
}

export function sampleSummary(id: string, title: string, ageHours = 0): ConversationSummary {
  const time = Date.now() - ageHours * 3_600_000;
  return { id, title, titledBy: title === '' ? 'nobody' : 'model', createdAt: time, updatedAt: time, opening: title };
}

export function userMessage(id: string, parentId: string | null, text: string, change: Partial<UserMessage> = {}): UserMessage {
  return { id, conversationId: 'c', parentId, createdAt: sampleTime, text, role: 'user', attachments: [], ...change };
}

export function assistantMessage(id: string, parentId: string, text: string, change: Partial<AssistantMessage> = {}): AssistantMessage {
  return {
    id,
    conversationId: 'c',
    parentId,
    createdAt: sampleTime,
    text,
    role: 'assistant',
    state: { kind: 'complete', receipt },
    ...change,
  };
}

/** A chat in which each message follows the one before. */
export function sampleConversation(messages: readonly Message[], title = 'Lease'): Conversation {
  return { summary: sampleSummary('c', title), system: '', messages, headId: messages.at(-1)?.id ?? null, compactions: [] };
}
