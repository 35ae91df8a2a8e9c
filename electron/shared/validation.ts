import { z } from 'zod';
import { uploadPieceBytes } from './attachments.ts';
import type { LoadOverrides, Requests, SendOptions } from './contract.ts';
import { facetError } from './errors.ts';
import type { Sampling, SamplingSettings } from './generation.ts';
import type { ParamsCheck } from './rpc.ts';
import { sizeNames } from './gemmaSizes.ts';
import { mostOcrLanguages, ocrLanguagePattern } from './ocr.ts';
import { isProxyAddress, proxyRule } from './proxyAddress.ts';
import { type Settings, unloadChoices } from './settings.ts';
import type { TableQuery } from './tableQuery.ts';
import { quantisations } from './weightBytes.ts';

/** Longest text of one message, in UTF-16 units: several times what the largest context holds. */
const longestText = 2_000_000;
/** Largest piece of an upload in base64. */
const longestPiece = Math.ceil(uploadPieceBytes / 3) * 4;
const largestUpload = 4 * 1024 ** 3;

const empty = z.strictObject({});
const id = z.string().min(1).max(200);
const path = z.string().min(1).max(4096);
const longestSystemText = 20_000;
const systemText = z.string().max(longestSystemText, `must have at most ${longestSystemText} characters`);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 digits from 0 to f');
const whole = (min: number, max: number): z.ZodNumber => z.number().int().min(min).max(max);
const password = z.string().max(1024);
const page = whole(1, 1_000_000);
/** Messages of one piece of a chat. */
const messageCount = whole(1, 10_000);
const address = z.string().min(1).max(2000);
/** Without line breaks, which would end the header that it is sent in. */
const serverKey = z
  .string()
  .max(4096)
  .regex(/^[\x20-\x7e]*$/, 'must be one line of plain letters, digits and signs')
  .nullable();

const rect = z.strictObject({
  x: z.number().min(0).max(100_000),
  y: z.number().min(0).max(100_000),
  width: z.number().min(1).max(100_000),
  height: z.number().min(1).max(100_000),
});
const panScan = z.enum(['off', 'reference', 'auto', 'region']);
const attachmentUse = z.strictObject({ attachmentId: id, panScan, regions: z.array(rect).max(64) });
const askMode = z.enum(['auto', 'whole', 'relevant', 'exhaustive', 'tables']);
const fileIds = z.array(id).min(1).max(1_000);
const attachmentUses = z.array(attachmentUse).max(100);

const sampling = {
  temperature: z.number().min(0).max(2),
  topK: whole(1, 1000),
  topP: z.number().gt(0).max(1),
  minP: z.number().min(0).max(1),
  seed: whole(0, 2 ** 32 - 1).nullable(),
};
const samplingSettings = { ...sampling, temperature: sampling.temperature.nullable() };
const maxTokens = whole(1, 32_768);
const contextTokens = whole(512, 131_072);
const gpu = z.string().min(1).max(200);
const threads = whole(0, 256);
const cacheType = z.enum(['f16', 'q8_0']);

const estimateSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('model'), id }),
  z.strictObject({
    kind: z.literal('released'),
    size: z.enum(sizeNames),
    quantisation: z.enum(quantisations),
  }),
  z.strictObject({ kind: z.literal('file'), path, projectorPath: path.nullable() }),
]);

const megabytes = z.number().min(0).max(10_000);
/** Without blanks, which would end the header that it is sent in. */
const hubToken = z.string().regex(/^[\x21-\x7e]{1,512}$/, 'must be up to 512 plain letters, digits and signs without blanks');

const ocrLanguage = z.string().regex(ocrLanguagePattern, 'must be a code such as eng or chi_sim');
const ocrLanguages = z
  .array(ocrLanguage)
  .min(1)
  .max(mostOcrLanguages)
  .refine((codes) => new Set(codes).size === codes.length, 'must name each language once');

const settingsPatch = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).exactOptional(),
  systemPrompt: systemText.exactOptional(),
  sampling: z.strictObject(samplingSettings).exactOptional(),
  maxTokens: maxTokens.exactOptional(),
  contextTokens: contextTokens.exactOptional(),
  gpu: gpu.exactOptional(),
  threads: threads.exactOptional(),
  panScan: panScan.exactOptional(),
  stateGigabytes: whole(0, 256).exactOptional(),
  cacheType: cacheType.exactOptional(),
  modelId: id.nullable().exactOptional(),
  termsAccepted: z.boolean().exactOptional(),
  downloadMegabytes: megabytes.exactOptional(),
  proxy: z.string().max(2_000).refine(isProxyAddress, proxyRule).exactOptional(),
  unloadMinutes: z.literal(unloadChoices).exactOptional(),
  ocrLanguages: ocrLanguages.exactOptional(),
  searchByMeaning: z.boolean().exactOptional(),
  offline: z.boolean().exactOptional(),
  sidebarOpen: z.boolean().exactOptional(),
});

const options = z
  .strictObject({
    sampling: z
      .strictObject({
        temperature: sampling.temperature.exactOptional(),
        topK: sampling.topK.exactOptional(),
        topP: sampling.topP.exactOptional(),
        minP: sampling.minP.exactOptional(),
        seed: sampling.seed.exactOptional(),
      })
      .exactOptional(),
    maxTokens: maxTokens.exactOptional(),
    mode: askMode.exactOptional(),
    soFar: z.boolean().exactOptional(),
    lookup: z.boolean().exactOptional(),
  })
  .exactOptional();

const overrides = z.strictObject({
  contextTokens: contextTokens.exactOptional(),
  gpu: gpu.exactOptional(),
  threads: threads.exactOptional(),
  cacheType: cacheType.exactOptional(),
  profile: z.enum(['turns', 'transcript']).exactOptional(),
  vocabularyOnly: z.boolean().exactOptional(),
});

const draft = {
  conversationId: id.nullable(),
  parentId: id.nullable(),
  text: z.string().max(longestText),
  attachments: attachmentUses,
};

const columnName = z.string().max(1_000);
const tableFilter = {
  column: columnName,
  operator: z.enum(['=', '!=', '<', '<=', '>', '>=', 'contains']),
  value: z.union([z.string().max(1_000), z.number(), z.boolean()]),
};
const tableOrder = { column: columnName, direction: z.enum(['ascending', 'descending']) };
const aggregate = z.enum(['none', 'count', 'distinct', 'sum', 'average', 'min', 'max']);
const queryLimit = whole(1, 1_000_000).nullable();
const exportFormat = z.enum(['csv', 'xlsx']);
const tableQuery = z.strictObject({
  table: whole(1, 1_000_000),
  columns: z.array(columnName).max(200),
  filters: z.array(z.strictObject(tableFilter)).max(50),
  aggregate,
  aggregateColumn: columnName.nullable(),
  groupBy: columnName.nullable(),
  order: z.strictObject(tableOrder).nullable(),
  limit: queryLimit,
});

/** A schema for each request, whose output is the contract's params: a missing request or a wrong field does not compile. */
type Schemas = { readonly [K in keyof Requests]: z.ZodType<Requests[K]['params']> };

const schemas = {
  'app.describe': empty,
  'app.snapshot': empty,
  'settings.update': z.strictObject({ patch: settingsPatch }),
  'machine.describe': empty,
  'model.download': z.strictObject({ id, megabytes: megabytes.exactOptional() }),
  'model.pause': z.strictObject({ id }),
  'model.fetch': z.strictObject({
    url: z.string().min(1).max(4096),
    sha256: sha256.nullable(),
    bytes: whole(1, 2 ** 44).nullable(),
    megabytes: megabytes.exactOptional(),
  }),
  'model.import': z.strictObject({ path, projectorPath: path.nullable(), copy: z.boolean().exactOptional() }),
  'model.check': z.strictObject({ path }),
  'model.estimate': z.strictObject({ subject: estimateSubject, contextTokens, cacheType }),
  'log.read': empty,
  'model.speeds': empty,
  'gpu.describe': empty,
  'gpu.test': z.strictObject({ device: gpu }),
  'gpu.get': z.strictObject({ name: z.enum(['vulkan', 'cuda']) }),
  'gpu.remove': z.strictObject({ name: z.enum(['vulkan', 'cuda']) }),
  'meaning.describe': empty,
  'ocr.list': empty,
  'ocr.get': z.strictObject({ code: ocrLanguage }),
  'ocr.add': z.strictObject({ path }),
  'ocr.remove': z.strictObject({ code: ocrLanguage }),
  'ocr.use': z.strictObject({ languages: ocrLanguages }),
  'model.bench': z.strictObject({ id: id.nullable() }),
  'model.remove': z.strictObject({ id }),
  'model.restore': z.strictObject({ id }),
  'model.verify': z.strictObject({ id, repair: z.boolean() }),
  'download.describe': empty,
  'download.setToken': z.strictObject({ token: hubToken.nullable() }),
  'modelsFolder.describe': empty,
  'modelsFolder.move': z.strictObject({ path }),
  'model.load': z.strictObject({ id, overrides: overrides.exactOptional() }),
  'model.unload': empty,
  'engine.restart': empty,
  'conversation.create': z.strictObject({ system: systemText.exactOptional(), private: z.boolean().exactOptional() }),
  'server.allow': z.strictObject({ conversationId: id, modelId: id }),
  'server.describe': z.strictObject({ address, key: serverKey }),
  'server.save': z.strictObject({
    server: z.strictObject({
      address,
      model: z.string().min(1).max(400),
      contextTokens,
      vision: z.strictObject({ side: whole(28, 4096), tokens: whole(1, 4096) }).nullable(),
    }),
    key: serverKey,
  }),
  'conversation.open': z.strictObject({ id, newest: messageCount.exactOptional() }),
  'conversation.earlier': z.strictObject({ id, before: id, limit: messageCount }),
  'conversation.rename': z.strictObject({ id, title: z.string().max(200) }),
  'conversation.setSystem': z.strictObject({ id, system: systemText }),
  'conversation.remove': z.strictObject({ id }),
  'conversation.restore': z.strictObject({ id }),
  'conversation.search': z.strictObject({ query: z.string().max(1000), limit: whole(1, 200) }),
  'conversation.export': z.strictObject({ id, format: z.enum(['markdown', 'json']) }),
  'conversation.compact': z.strictObject({ id }),
  'conversation.undoCompact': z.strictObject({ id, compactionId: id }),
  'conversation.selectBranch': z.strictObject({ id, messageId: id }),
  'message.send': z.strictObject({ ...draft, conversationId: id, options }),
  'message.regenerate': z.strictObject({ messageId: id, options }),
  'message.edit': z.strictObject({ messageId: id, text: draft.text, without: z.array(id).max(100).exactOptional(), options }),
  'message.continue': z.strictObject({ messageId: id, options }),
  'message.exportList': z.strictObject({ messageId: id, format: exportFormat }),
  'message.compute': z.strictObject({ messageId: id, attachmentId: id, query: tableQuery }),
  'message.cancel': z.strictObject({ messageId: id }),
  'attachment.addFile': z.strictObject({
    path,
    asPicture: z.boolean().exactOptional(),
    page: page.exactOptional(),
    password: password.exactOptional(),
    private: z.boolean().exactOptional(),
  }),
  'attachment.readAgain': z.strictObject({ id }),
  'upload.begin': z.strictObject({
    name: z.string().min(1).max(1024),
    bytes: whole(0, largestUpload),
    private: z.boolean().exactOptional(),
  }),
  'upload.append': z.strictObject({ uploadId: id, base64: z.base64().max(longestPiece) }),
  'upload.finish': z.strictObject({ uploadId: id }),
  'upload.abort': z.strictObject({ uploadId: id }),
  'attachment.read': z.strictObject({ id, password: password.exactOptional() }),
  'attachment.readPage': z.strictObject({ id, page, by: z.enum(['text', 'ocr']), password: password.exactOptional() }),
  'attachment.addPage': z.strictObject({ id, page, password: password.exactOptional() }),
  'attachment.recognizeAgain': z.strictObject({ id, password: password.exactOptional() }),
  'attachment.remove': z.strictObject({ id }),
  'attachment.preview': z.strictObject({ id, side: whole(16, 8192) }),
  'attachment.view': z.strictObject({ id, rect: rect.nullable(), side: whole(16, 4096) }),
  'attachment.plan': attachmentUse,
  'attachment.text': z.strictObject({ id, soFar: z.boolean().exactOptional() }),
  'attachment.tables': z.strictObject({ id }),
  'table.describe': z.strictObject({ attachmentId: id }),
  'table.run': z.strictObject({ attachmentId: id, query: tableQuery }),
  'table.findRow': z.strictObject({ attachmentId: id, table: whole(1, 1_000_000), row: whole(1, 100_000_000) }),
  'table.export': z.strictObject({ attachmentId: id, query: tableQuery, format: exportFormat }),
  'attachment.pageWords': z.strictObject({ id, page, password: password.exactOptional() }),
  'attachment.pagePicture': z.strictObject({ id, page, width: whole(16, 4096), password: password.exactOptional() }),
  'library.uses': empty,
  'library.search': z.strictObject({ query: z.string().max(1000), limit: whole(1, 200) }),
  'library.remove': z.strictObject({ ids: fileIds }),
  'library.restore': z.strictObject({ ids: fileIds }),
  'state.usage': empty,
  'state.removeAll': empty,
  'context.measure': z.strictObject({ ...draft, mode: askMode.exactOptional(), soFar: z.boolean().exactOptional() }),
  'context.plan': z.strictObject({ ...draft, system: systemText.exactOptional(), mode: askMode.exactOptional() }),
} satisfies Schemas;

/** An optional field that a schema lacks would be refused at run time without a compile error, so such fields are looked for by type. */
type Lacking<Wanted, Schema extends z.ZodType> = Exclude<keyof Wanted, keyof z.output<Schema>>;
interface Forgotten {
  readonly requests: { [K in keyof Requests]: Lacking<Requests[K]['params'], (typeof schemas)[K]> }[keyof Requests];
  readonly settings: Lacking<Settings, typeof settingsPatch>;
  readonly sampling: Lacking<Sampling, z.ZodObject<typeof sampling>>;
  readonly samplingSettings: Lacking<SamplingSettings, z.ZodObject<typeof samplingSettings>>;
  readonly overrides: Lacking<LoadOverrides, typeof overrides>;
  readonly options: Lacking<SendOptions, z.ZodNonOptional<typeof options>>;
}
type None<Lists extends Record<keyof Forgotten, never>> = Lists;
/** Does not compile when a field was forgotten; the error names it. */
export type ValidationIsComplete = None<Forgotten>;

/**
 * Checks a request's params: ranges as documented in the types, unknown fields refused.
 * @throws FacetError invalidRequest naming the first wrong field and what it may be.
 */
export const checkParams: ParamsCheck<Requests> = (name, params) => {
  const result = schemas[name].safeParse(params);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw facetError('invalidRequest', {
    field: issue === undefined || issue.path.length === 0 ? name : issue.path.join('.'),
    reason: issue?.message ?? 'not understood',
  });
};

/** A query as anyone writes it; what is left out means nothing. */
const writtenQuery = z.object({
  table: tableQuery.shape.table.default(1),
  columns: tableQuery.shape.columns.default([]),
  filters: z.array(z.object(tableFilter)).max(50).default([]),
  aggregate: aggregate.default('none'),
  aggregateColumn: columnName.nullable().default(null),
  groupBy: columnName.nullable().default(null),
  order: z.object(tableOrder).nullable().default(null),
  limit: queryLimit.default(null),
});

/** The query in a model's answer, with or without a code fence around it. @throws FacetError invalidRequest naming what is wrong */
export function parseTableQuery(answer: string): TableQuery {
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  let written: unknown;
  try {
    written = JSON.parse(answer.slice(start, end + 1));
  } catch (error) {
    throw facetError('invalidRequest', { field: 'query', reason: 'it is not JSON' }, error);
  }
  const parsed = writtenQuery.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw facetError('invalidRequest', { field: `query.${issue?.path.join('.') ?? ''}`, reason: issue?.message ?? 'it is not understood' });
}
