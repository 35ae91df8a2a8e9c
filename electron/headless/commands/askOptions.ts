import type { Rect } from '../../shared/attachments.ts';
import type { AttachmentUse } from '../../shared/conversations.ts';
import type { LoadOverrides, SendOptions } from '../../shared/contract.ts';
import type { Sampling } from '../../shared/generation.ts';
import { anyText, choice, decimal, flag, refuse, repeated, single, text, texts, wholeNumber } from '../arguments/options.ts';
import type { OptionValues } from '../arguments/parseArguments.ts';
import { standardInput, type ReadInput } from './attachInputs.ts';
import { commonOptions } from './command.ts';
import { exportFileOption } from './exportFile.ts';
import { ocrLanguageOption } from './ocrLanguageOption.ts';
import { parsePageChoice } from './pageChoices.ts';

export const modelOptions = {
  model: text('ID|FILE', 'Model: an id, a size such as 4B or 4B:q4_0, starter, or a GGUF file'),
  projector: text('FILE', 'The vision part that belongs to the model (GGUF)'),
} as const;

/** Options of `facet ask`. Ranges as in the settings, which also give what is left out. */
export const askOptions = {
  ...modelOptions,
  server: text('ADDRESS', 'Asks a server that speaks the OpenAI protocol; --model names its model, FACET_SERVER_KEY holds its key'),
  'view-side': wholeNumber('N', "Side in pixels of the views that the server's model takes (default: 896; 0: it sees nothing)", 0, 4096),
  image: texts('FILE', 'A picture to ask about; may be repeated'),
  page: repeated('N', 'A page of a TIFF or PDF given with --image, to be looked at; may be repeated', parsePage),
  doc: texts('FILE', 'A document to ask about, or a folder of them; may be repeated; - reads standard input'),
  password: text('TEXT', 'Password of a protected document'),
  'page-source': repeated(
    'FILE:PAGES=text|ocr|picture',
    'How pages of a --doc are read, such as report.pdf:3,5-8=ocr; picture adds how they look; may be repeated',
    parsePageChoice,
  ),
  'ocr-language': ocrLanguageOption,
  'pan-scan': choice(['off', 'reference', 'auto'], 'How pictures are cut into views'),
  region: repeated('X,Y,W,H', 'A box of the picture to read at full resolution, in its pixels; may be repeated', parseRegion),
  mode: choice(['auto', 'whole', 'relevant', 'exhaustive', 'tables'], 'How documents are read (default: whole)'),
  export: exportFileOption('Saves the list of --mode exhaustive or the result of --mode tables; an existing file is not overwritten'),
  system: anyText('TEXT', 'System text (default: none)'),
  context: wholeNumber('N', 'Context in tokens', 512, 131_072),
  'max-tokens': wholeNumber('N', 'Longest answer in tokens', 1, 32_768),
  temperature: decimal('T', 'Sampling temperature; 0 always takes the likeliest', 0, 2),
  seed: wholeNumber('N', 'Seed of the sampling, for the same answer again', 0, 2 ** 32 - 1),
  threads: wholeNumber('N', 'Threads; 0 lets Facet choose', 0, 256),
  gpu: single('auto|off|NAME', 'Device that computes', parseGpu),
  kv: choice(['f16', 'q8_0'], 'Precision of the KV cache; q8_0 takes about half the memory'),
  lookup: choice(['on', 'off'], 'Guesses words ahead where an answer repeats a document (default: where that changes no bit)'),
  chat: text('ID', 'Goes on with a stored chat'),
  private: flag('Keeps nothing: the chat and its files are in memory only'),
  profile: choice(['turns', 'transcript'], 'How the prompt is written'),
  'dry-run': flag('Plans, reads and tokenises, and runs no model'),
  ...commonOptions,
} as const;

export type AskValues = OptionValues<typeof askOptions>;

/** Refuses what no single option can see. @throws FacetError invalidRequest */
export function checkAskOptions(options: AskValues): void {
  if (options.doc.filter((file) => file === standardInput).length > 1) refuse('--doc -', 'may be given only once');
  if (options.image.includes(standardInput)) refuse('--image -', 'is not supported; give a file');
  for (const { file } of options['page-source'])
    if (!options.doc.includes(file)) refuse('--page-source', `names "${file}", which is no --doc`);
  if (options.private && options.chat !== null) refuse('--private', 'cannot be combined with --chat, which is a stored chat');
  if (options.server === null && options['view-side'] !== null) refuse('--view-side', 'is for --server');
  if (options['view-side'] !== null && options['view-side'] > 0 && options['view-side'] < 28)
    refuse('--view-side', 'must be 0, or from 28 to 4096');
  if (options.server !== null) {
    if (options.projector !== null) refuse('--projector', 'cannot be combined with --server');
    if (options['dry-run']) refuse('--dry-run', 'needs a model of this computer: only the server knows its tokens');
    if (options.profile === 'transcript') refuse('--profile', 'cannot be transcript with --server');
  }
  if (options.page.length > 0 && options.image.length !== 1) refuse('--page', 'needs exactly one --image');
  if (options.region.length === 0) return;
  if (options['pan-scan'] !== null) refuse('--region', 'cannot be combined with --pan-scan');
  if (options.image.length !== 1) refuse('--region', 'needs exactly one --image');
  if (options.page.length > 1) refuse('--region', 'needs exactly one --page');
}

export function loadOverrides(options: AskValues): LoadOverrides {
  return {
    ...(options.context === null ? {} : { contextTokens: options.context }),
    ...(options.gpu === null ? {} : { gpu: options.gpu }),
    ...(options.threads === null ? {} : { threads: options.threads }),
    ...(options.kv === null ? {} : { cacheType: options.kv }),
    ...(options.profile === null ? {} : { profile: options.profile }),
    ...(options['dry-run'] ? { vocabularyOnly: true } : {}),
  };
}

export function sendOptions(options: AskValues): SendOptions {
  const sampling: Partial<Sampling> = {
    ...(options.temperature === null ? {} : { temperature: options.temperature }),
    ...(options.seed === null ? {} : { seed: options.seed }),
  };
  return {
    sampling,
    ...(options['max-tokens'] === null ? {} : { maxTokens: options['max-tokens'] }),
    ...(options.lookup === null ? {} : { lookup: options.lookup === 'on' }),
    ...modeOption(options),
  };
}

/** The mode as a field, when one was given. */
export function modeOption({ mode }: AskValues): Pick<SendOptions, 'mode'> {
  return mode === null ? {} : { mode };
}

/** How each input is used by the question. */
export function attachmentUses(
  options: AskValues,
  inputs: readonly ReadInput[],
  defaultMode: AttachmentUse['panScan'],
): readonly AttachmentUse[] {
  return inputs.map(({ attachment }) => ({
    attachmentId: attachment.id,
    panScan: options.region.length > 0 ? 'region' : (options['pan-scan'] ?? defaultMode),
    regions: options.region,
  }));
}

/** Counted from 1. */
export function parsePage(value: string, name: string): number {
  const page = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  return page >= 1 ? page : refuse(name, `must be a page number from 1 on, not "${value}"`);
}

function parseGpu(value: string, name: string): string {
  if (value === '') refuse(name, 'needs a value');
  const word = value.toLowerCase();
  return word === 'auto' || word === 'off' ? word : value;
}

/** `x,y,w,h` in whole pixels of the upright picture. */
export function parseRegion(value: string, name: string): Rect {
  const match = /^(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})$/.exec(value.replaceAll(' ', ''));
  const [x = -1, y = -1, width = 0, height = 0] = (match ?? []).slice(1).map(Number);
  if (x < 0 || y < 0 || width < 1 || height < 1)
    refuse(name, `must be x,y,width,height in whole pixels, each side 1 or more, not "${value}"`);
  return { x, y, width, height };
}
