import type { Coverage, PageSummary } from '../../shared/attachments.ts';
import { toErrorData } from '../../shared/errors.ts';
import { pageName } from '../../shared/pageName.ts';
import type { Requests } from '../../shared/contract.ts';
import type { AppClient } from '../appClient.ts';
import { refuse, single, text, wholeNumber } from '../arguments/options.ts';
import { type OptionValues, parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { modelOptions } from './askOptions.ts';
import { attachInput, type ReadInput } from './attachInputs.ts';
import { chooseModel } from './chooseModel.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';
import { exportFormatOption } from './exportFile.ts';
import { exportTable } from './exportTable.ts';
import { loadModel } from './loadModel.ts';
import { oneOperand } from './operands.ts';
import { ocrLanguageOption, useOcrLanguages } from './ocrLanguageOption.ts';
import { requireNewFile } from './writeNewFile.ts';
import { choosePages, parsePages } from './pageChoices.ts';

const options = {
  ...modelOptions,
  password: text('TEXT', 'Password of a protected document'),
  export: exportFormatOption('Write one table of it instead of what was read'),
  table: wholeNumber('N', 'Which table to export (default: the only one)', 1, 1_000_000),
  output: text('FILE', 'File for the table; an existing one is not overwritten (default, and -: standard output)'),
  'ocr-language': ocrLanguageOption,
  ocr: single('PAGES', 'Pages of a PDF to read by OCR although they have a text, such as 3,5-8; it stays so', parsePages),
  ...commonOptions,
} as const;

/** What was read of a document. */
interface DocumentContent {
  readonly texts: Requests['attachment.text']['result'];
  readonly tables: Requests['attachment.tables']['result'];
}

/** `facet read`: what Facet reads in a file, page by page. */
export const readCommand: Command = {
  name: 'read',
  operands: 'FILE',
  summary: 'Show what is read in a document or picture, page by page',
  options,
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    const file = oneOperand(operands, 'FILE');
    const { export: wish, table, json } = values;
    const named = wish?.file ?? null;
    if (named !== null && values.output !== null) refuse('--output', `is one file too many: --export names ${named}`);
    const output = named ?? values.output;
    if (wish === null && (table !== null || output !== null)) refuse(table === null ? '--output' : '--table', 'goes with --export');
    if (output !== null && output !== '-') await requireNewFile(output, context);
    const app = await context.openApp(values.data);
    await useOcrLanguages(app, values['ocr-language'], context);
    let input = await attachInput(app, { file, kind: 'any' }, context, values.password);
    try {
      const ocr = (values.ocr ?? []).map((page) => ({ page, by: 'ocr' as const }));
      input = { ...input, attachment: await choosePages(app, input, ocr, context) };
      if (wish !== null) {
        await exportTable(app, input, { format: wish.format, table, output, json }, context);
        return exitCodes.ok;
      }
      const { state } = input.attachment;
      const content = state.kind === 'document' ? await contentOf(app, input.attachment.id, context.signal) : { texts: [], tables: [] };
      const tokens = values.json ? await countTokens(app, input, values, context) : null;
      if (values.json) context.output.json(readReport(input, content, tokens));
      else printPages(input, content, context);
    } finally {
      await app.request('attachment.remove', { id: input.attachment.id });
    }
    return exitCodes.ok;
  },
};

async function contentOf(app: AppClient, id: string, signal: AbortSignal): Promise<DocumentContent> {
  return { texts: await app.request('attachment.text', { id }, signal), tables: await app.request('attachment.tables', { id }, signal) };
}

function readReport({ file, attachment }: ReadInput, content: DocumentContent, tokens: number | null): object {
  const { state } = attachment;
  if (state.kind === 'image') {
    const { width, height, format, warnings } = state.image;
    return { file, kind: 'image', tokens, pages: [], coverage: nothingRead, warnings, format, width, height };
  }
  if (state.kind !== 'document') return { file, kind: 'unknown', tokens, pages: [], coverage: nothingRead, warnings: [] };
  const { format, title, pages, coverage, warnings } = state.document;
  return { file, kind: format, tokens, pages: pages.map((page) => pageReport(page, content)), coverage, warnings, title };
}

const nothingRead: Coverage = { pages: 0, text: 0, ocr: 0, vision: 0, blank: 0, failed: 0 };

function pageReport({ page, label, source, characters, warnings }: PageSummary, { texts, tables }: DocumentContent): object {
  const read = texts.find((one) => one.page === page);
  return {
    page,
    ...(label === undefined ? {} : { label }),
    source,
    characters,
    text: read?.text ?? '',
    warnings,
    headings: read?.headings ?? [],
    tables: tables
      .filter((table) => table.page === page)
      .map(({ name, start, end, addressed, rowNumbers, columnNumbers, rows }) => ({
        name,
        start,
        end,
        addressed,
        rowNumbers,
        columnNumbers,
        rows,
      })),
  };
}

function printPages({ file, attachment }: ReadInput, { texts, tables }: DocumentContent, { output }: CommandContext): void {
  const { state } = attachment;
  if (state.kind === 'image') output.line(`${file}: ${state.image.format} picture, ${state.image.width} x ${state.image.height} pixels`);
  if (state.kind !== 'document') return;
  const { pages, coverage, warnings } = state.document;
  for (const page of pages) {
    output.line(`--- page ${pageName(page.page, page.label)} of ${pages.length} (${page.source}, ${page.characters} characters)`);
    for (const warning of page.warnings) output.line(`--- ${warning}`);
    output.line(texts.find((one) => one.page === page.page)?.text ?? '');
  }
  const headings = texts.reduce((sum, text) => sum + text.headings.length, 0);
  const sources = (['text', 'ocr', 'vision', 'blank', 'failed'] as const).flatMap((source) =>
    coverage[source] === 0 ? [] : [`${source} ${coverage[source]}`],
  );
  output.line(`--- pages: ${coverage.pages} (${sources.join(', ')}); headings: ${headings}; tables: ${tables.length}`);
  for (const warning of warnings) output.note(`facet: note: ${warning}`);
}

/** Tokens for the model named, else for the usual one; null when there is none or it cannot take this kind of file. */
async function countTokens(
  app: AppClient,
  input: ReadInput,
  values: OptionValues<typeof options>,
  context: CommandContext,
): Promise<number | null> {
  const named = values.model !== null || values.projector !== null;
  try {
    const model = await chooseModel(app, values, context);
    await loadModel(app, model, { vocabularyOnly: true }, context.output, context.signal);
    const attachments = [{ attachmentId: input.attachment.id, panScan: app.state().settings.panScan, regions: [] }];
    const plan = await app.request(
      'context.plan',
      { conversationId: null, parentId: null, text: '?', attachments, system: '' },
      context.signal,
    );
    return plan.documents[0]?.tokens ?? plan.images[0]?.tokens ?? null;
  } catch (error) {
    const { code } = toErrorData(error);
    if (!named && (code === 'modelMissing' || code === 'modelCannotSee')) return null;
    throw error;
  }
}
