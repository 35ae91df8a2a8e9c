import type { TableQuery, TableResult } from '../../electron/shared/tableQuery.ts';
import type { AppState } from '../../electron/shared/appState.ts';
import type { Attachment } from '../../electron/shared/attachments.ts';
import type { RequestName, Requests } from '../../electron/shared/contract.ts';
import type { Compaction, Conversation, ConversationSummary } from '../../electron/shared/conversations.ts';
import type { ErrorData, ErrorDetailsByCode } from '../../electron/shared/errors.ts';
import type { GpuDevice } from '../../electron/shared/gpu.ts';
import type { EngineState, Model } from '../../electron/shared/models.ts';
import { defaultSettings } from '../../electron/shared/settings.ts';
import { exampleGpus } from '../fakes/exampleGpus.ts';

// One good call of every request, and one value of every error code: both maps are complete by type.

const summary: ConversationSummary = {
  id: 'c1',
  title: 'Büro',
  titledBy: 'user',
  createdAt: 1,
  updatedAt: 2,
  opening: 'Où ? \u202e\u0000🦊',
};
const conversation: Conversation = { summary, system: '', messages: [], headId: null, compactions: [] };
const compaction: Compaction = {
  id: 's1',
  conversationId: 'c1',
  afterId: 'm2',
  messages: 2,
  summary: 'They talked.',
  createdAt: 3,
  model: 'M',
};
const attachment: Attachment = {
  id: 'a1',
  name: 'ü.png',
  bytes: 3,
  sha256: '00',
  createdAt: 1,
  state: { kind: 'reading', done: 0, total: 0 },
};
const gpus = exampleGpus;
const ocrLanguages: Requests['ocr.list']['result'] = [
  { code: 'eng', name: 'English', state: 'builtIn', downloadBytes: 0 },
  { code: 'fra', name: 'French', state: 'available', downloadBytes: 5_000_000 },
];
const [gpu] = exampleGpus.devices as [GpuDevice];
const idle: EngineState = { kind: 'idle' };
const state: AppState = { settings: defaultSettings, models: [], engine: idle, conversations: [summary], attachments: [attachment] };
const sent = { conversationId: 'c1', userMessageId: 'm1', assistantMessageId: 'm2' };
const usage = { system: 0, documents: 0, images: 0, conversation: 1, answerRoom: 2, available: 3 };
const model: Model = {
  id: 'local-1',
  name: 'M',
  size: 'custom',
  quantisation: 'F16',
  text: { path: '/m.gguf', bytes: 1, sha256: null },
  projector: null,
  profile: 'turns',
  contextLimit: 2048,
  builtIn: false,
  state: { kind: 'installed' },
  notes: [],
  licence: '',
};
const draft = {
  conversationId: 'c1',
  parentId: null,
  text: 'Total?',
  attachments: [{ attachmentId: 'a1', panScan: 'auto' as const, regions: [] }],
};

const query: TableQuery = {
  table: 1,
  columns: [],
  filters: [{ column: 'Region', operator: '=', value: 'North' }],
  aggregate: 'sum',
  aggregateColumn: 'Amount',
  groupBy: null,
  order: { column: 'result', direction: 'descending' },
  limit: 3,
};
const computed: TableResult = {
  ...{ attachmentId: 'a1', file: 'a.csv', page: 1, name: '', query },
  columns: ['sum of Amount'],
  rows: [[12.5]],
  sources: [[2, 3]],
  columnNumbers: [2],
  addressed: true,
  matched: 2,
  total: 3,
};

export const exampleCalls: {
  readonly [K in RequestName]: { readonly params: Requests[K]['params']; readonly result: Requests[K]['result'] };
} = {
  'app.describe': {
    params: {},
    result: { version: '1', host: 'headless', platform: 'linux', dataFolder: '/d', pathsAllowed: false, llamaVersion: '' },
  },
  'app.snapshot': { params: {}, result: { sequence: 0, state } },
  'settings.update': { params: { patch: { theme: 'dark' } }, result: defaultSettings },
  'model.download': { params: { id: 'starter' }, result: {} },
  'model.pause': { params: { id: 'x' }, result: {} },
  'model.fetch': { params: { url: 'https://example.org/m.gguf', sha256: null, bytes: 5 }, result: model },
  'model.restore': { params: { id: 'x' }, result: model },
  'model.import': { params: { path: '/m.gguf', projectorPath: null, copy: true }, result: model },
  'model.check': {
    params: { path: '/m.gguf' },
    result: { ok: false, kind: 'unknown', code: 'bad-magic', message: 'No.', warnings: [], facts: null },
  },
  'model.estimate': {
    params: { subject: { kind: 'released', size: '4B', quantisation: 'Q4_0' }, contextTokens: 8192, cacheType: 'f16' },
    result: {
      size: '4B',
      quantisation: 'Q4_0',
      contextTokens: 8192,
      cacheType: 'f16',
      memory: { weights: 5, kvGlobal: 1, kvWindow: 1, compute: 1, vision: 1, vocabulary: 1, kept: 1 },
      total: 11,
      free: 4,
      gpu: { name: 'A card', bytes: 2, free: 3 },
      verdict: { kind: 'tooBig', shortBytes: 5 },
      largestContext: 0,
      largestContextHalved: 0,
      speed: { wordsPerSecond: 3.1, predicted: true },
    },
  },
  'log.read': { params: {}, result: [{ at: 1, source: 'engine', level: 'warning', text: 'low on memory' }] },
  'machine.describe': { params: {}, result: { processor: 'x', threads: 2, memory: 8e9, freeMemory: 4e9, freeDisk: null } },
  'model.speeds': { params: {}, result: [] },
  'model.bench': {
    params: { id: null },
    result: { machine: { processor: 'x', threads: 2, memory: 8e9 }, speeds: [] },
  },
  'gpu.describe': { params: {}, result: gpus },
  'gpu.test': { params: { device: 'Vulkan0' }, result: gpu },
  'gpu.get': { params: { name: 'vulkan' }, result: gpus },
  'gpu.remove': { params: { name: 'cuda' }, result: gpus },
  'meaning.describe': {
    params: {},
    result: { documents: 2, ready: 1, distrusted: 0, working: { name: 'a.pdf', done: 1, total: 9 }, memoryBytes: 3, problem: null },
  },
  'ocr.list': { params: {}, result: ocrLanguages },
  'ocr.get': { params: { code: 'fra' }, result: ocrLanguages },
  'ocr.add': { params: { path: '/tmp/deu.traineddata' }, result: ocrLanguages },
  'ocr.remove': { params: { code: 'fra' }, result: ocrLanguages },
  'ocr.use': { params: { languages: ['fra', 'eng'] }, result: {} },
  'model.remove': { params: { id: 'x' }, result: {} },
  'model.verify': {
    params: { id: 'x', repair: true },
    result: { id: 'x', outcome: 'repaired', files: [{ path: '/m.gguf', bytes: 1, expected: '00', actual: '01' }] },
  },
  'download.describe': { params: {}, result: { token: 'none', keychain: false, proxy: null } },
  'download.setToken': {
    params: { token: 'hf_abc' },
    result: { token: 'kept', keychain: true, proxy: { address: 'http://proxy:3128', from: 'variable' } },
  },
  'modelsFolder.describe': { params: {}, result: { path: '/m', bytes: 1, freeBytes: 2, unfinishedMove: null } },
  'modelsFolder.move': { params: { path: '/n' }, result: { path: '/n', bytes: 1, freeBytes: 2, unfinishedMove: null } },
  'model.load': { params: { id: 'x', overrides: { contextTokens: 4096, vocabularyOnly: true } }, result: idle },
  'engine.restart': { params: {}, result: {} },
  'model.unload': { params: {}, result: {} },
  'conversation.create': { params: { system: 'Be brief.', private: true }, result: summary },
  'server.describe': {
    params: { address: 'https://gpu.example', key: null },
    result: { address: 'https://gpu.example/v1', models: [{ name: 'gemma', contextTokens: null }], sees: null },
  },
  'server.save': {
    params: {
      server: { address: 'https://gpu.example/v1', model: 'gemma', contextTokens: 8192, vision: { side: 896, tokens: 256 } },
      key: 'k',
    },
    result: model,
  },
  'server.allow': { params: { conversationId: 'c1', modelId: 'server-0123456789ab' }, result: {} },
  'conversation.open': { params: { id: 'c1', newest: 100 }, result: { ...conversation, earlier: 3 } },
  'conversation.earlier': { params: { id: 'c1', before: 'm1', limit: 500 }, result: { messages: conversation.messages, earlier: 0 } },
  'conversation.rename': { params: { id: 'c1', title: 'T' }, result: summary },
  'conversation.setSystem': { params: { id: 'c1', system: '' }, result: {} },
  'conversation.remove': { params: { id: 'c1' }, result: {} },
  'conversation.restore': { params: { id: 'c1' }, result: summary },
  'conversation.search': { params: { query: 'x', limit: 20 }, result: [] },
  'conversation.export': { params: { id: 'c1', format: 'json' }, result: { fileName: 'a.json', text: '{}' } },
  'conversation.compact': { params: { id: 'c1' }, result: compaction },
  'conversation.undoCompact': { params: { id: 'c1', compactionId: 's1' }, result: {} },
  'conversation.selectBranch': { params: { id: 'c1', messageId: 'm1' }, result: {} },
  'message.send': {
    params: { ...draft, conversationId: 'c1', options: { sampling: { temperature: 0, seed: null }, maxTokens: 5 } },
    result: sent,
  },
  'message.regenerate': { params: { messageId: 'm2' }, result: sent },
  'message.edit': { params: { messageId: 'm1', text: 'Now?', without: ['a1'] }, result: sent },
  'message.continue': { params: { messageId: 'm2' }, result: sent },
  'message.compute': { params: { messageId: 'm2', attachmentId: 'a1', query }, result: computed },
  'message.exportList': { params: { messageId: 'm2', format: 'csv' }, result: { fileName: 'a list.csv', mime: 'x/y', base64: 'AAEC' } },
  'message.cancel': { params: { messageId: 'm2' }, result: {} },
  'attachment.addFile': { params: { path: '/x.png' }, result: attachment },
  'attachment.readAgain': { params: { id: 'a1' }, result: attachment },
  'upload.begin': { params: { name: 'x.png', bytes: 3, private: true }, result: { uploadId: 'u1' } },
  'upload.append': { params: { uploadId: 'u1', base64: 'AAEC' }, result: {} },
  'upload.finish': { params: { uploadId: 'u1' }, result: attachment },
  'upload.abort': { params: { uploadId: 'u1' }, result: {} },
  'attachment.read': { params: { id: 'a1', password: 'p' }, result: attachment },
  'attachment.readPage': { params: { id: 'a1', page: 2, by: 'ocr', password: 'p' }, result: attachment },
  'attachment.addPage': { params: { id: 'a1', page: 2 }, result: attachment },
  'attachment.recognizeAgain': { params: { id: 'a1', password: 'p' }, result: attachment },
  'attachment.remove': { params: { id: 'a1' }, result: {} },
  'attachment.preview': { params: { id: 'a1', side: 320 }, result: { mime: 'image/webp', base64: 'AAEC' } },
  'attachment.view': {
    params: { id: 'a1', rect: { x: 0, y: 0, width: 2, height: 2 }, side: 896 },
    result: { mime: 'image/png', base64: 'AAEC' },
  },
  'attachment.plan': {
    params: { attachmentId: 'a1', panScan: 'region', regions: [{ x: 0, y: 0, width: 2, height: 2 }] },
    result: { crops: [{ x: 0, y: 0, width: 2, height: 2 }], side: 896, tokens: 538, ready: 1, predictedMs: 1200 },
  },
  'attachment.text': { params: { id: 'a1' }, result: [{ page: 1, text: '# a\nb', headings: [{ level: 1, text: 'a', offset: 0 }] }] },
  'attachment.tables': {
    params: { id: 'a1' },
    result: [
      {
        page: 1,
        name: 'Sheet1',
        start: 0,
        end: 9,
        addressed: true,
        rowNumbers: [3],
        columnNumbers: [2],
        rows: [[{ type: 'number', text: '5 %', value: 0.05 }]],
      },
    ],
  },
  'table.describe': {
    params: { attachmentId: 'a1' },
    result: [{ table: 1, page: 1, lastPage: 1, name: 'Sheet1', rows: 3, columns: [{ name: 'Amount', type: 'number' }] }],
  },
  'table.run': { params: { attachmentId: 'a1', query }, result: computed },
  'table.findRow': { params: { attachmentId: 'a1', table: 1, row: 7 }, result: null },
  'table.export': { params: { attachmentId: 'a1', query, format: 'xlsx' }, result: { fileName: 'a.xlsx', mime: 'x/y', base64: 'AAEC' } },
  'attachment.pageWords': {
    params: { id: 'a1', page: 1, password: 'p' },
    result: { width: 595, height: 842, words: [{ text: 'a', x: 1, y: 2, width: 3, height: 4, start: 0, end: 1 }] },
  },
  'library.uses': { params: {}, result: [{ attachmentId: 'a1', conversationId: 'c1', usedAt: 5 }] },
  'library.search': {
    params: { query: 'notice', limit: 20 },
    result: [{ sha256: '00', page: 2, excerpt: 'the notice', matches: [{ start: 4, length: 6 }], pages: 3 }],
  },
  'library.remove': { params: { ids: ['a1'] }, result: {} },
  'library.restore': { params: { ids: ['a1'] }, result: [attachment] },
  'state.usage': { params: {}, result: { chats: 1, bytes: 9 } },
  'state.removeAll': { params: {}, result: { chats: 0, bytes: 0 } },
  'attachment.pagePicture': {
    params: { id: 'a1', page: 1, width: 800 },
    result: { mime: 'image/webp', base64: 'AAEC', width: 800, height: 1131 },
  },
  'context.measure': { params: { ...draft, mode: 'auto' }, result: usage },
  'context.plan': {
    params: draft,
    result: { tokens: 1, text: 'x', ids: [2], images: [], documents: [], usage, warnings: [], predictedMs: null },
  },
};

const errorDetails: { readonly [C in keyof ErrorDetailsByCode]: ErrorDetailsByCode[C] } = {
  internal: { message: 'a fault' },
  cancelled: {},
  invalidRequest: { field: 'seed', reason: 'must be a number' },
  notFound: { what: 'conversation', id: 'c9' },
  busy: { what: 'the model' },
  fileUnreadable: { file: 'a.pdf', reason: 'it is cut off' },
  fileTooLarge: { file: 'a.pdf', unit: 'bytes', limit: 1, actual: 2 },
  fileUnsupported: { file: 'a.exe', detected: 'a program' },
  documentEmpty: { file: 'a.txt' },
  passwordRequired: { file: 'a.pdf', wrong: true },
  modelMissing: { model: '' },
  modelInvalid: { file: 'm.gguf', check: 'truncated', reason: 'it is cut off' },
  modelCannotSee: { model: '270M' },
  modelLoadFailed: { model: '4B', reason: 'no memory' },
  engineStopped: { reason: 'GGML_ASSERT(x > 0) failed' },
  readerStopped: { file: 'a.pdf', reason: 'out of time' },
  doesNotFit: {
    needed: 9000,
    available: 8192,
    largestContext: 32_768,
    parts: [{ part: 'documents', tokens: 8500 }],
    choices: [{ kind: 'largerContext', contextTokens: 16_384, totalBytes: 3e9, moreBytes: 4e8 }, { kind: 'readRelevant' }],
  },
  leavesMachine: { conversation: 'c1', model: 'server-0123456789ab', host: 'gpu.example' },
  networkFailed: { host: 'example.org', reason: 'no answer' },
  dataTooNew: { path: '/d/facet.db' },
  checksumMismatch: { file: 'm.gguf', expected: '00', actual: '01' },
  diskFailed: { path: '/d', reason: 'read-only' },
  diskFull: { path: '/d', needed: 2, free: 1 },
};

export const exampleErrors: readonly ErrorData[] = Object.entries(errorDetails).map(([code, details]) => ({ code, details }) as ErrorData);
