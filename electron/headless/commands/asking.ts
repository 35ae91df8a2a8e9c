import { performance } from 'node:perf_hooks';
import path from 'node:path';
import type { Conversation } from '../../shared/conversations.ts';
import { errorText } from '../../shared/errorText.ts';
import { FacetError } from '../../shared/errors.ts';
import type { AppClient } from '../appClient.ts';
import type { AskValues } from './askOptions.ts';
import { attachInput, standardInput, type ReadInput, type WantedInput } from './attachInputs.ts';
import type { CommandContext } from './command.ts';
import { filesInFolder } from './filesInFolder.ts';
import { useOcrLanguages } from './ocrLanguageOption.ts';
import { applyPageChoices } from './pageChoices.ts';

/** A question with everything it needs but a model. */
export interface Asking {
  readonly app: AppClient;
  readonly options: AskValues;
  readonly question: string;
  readonly inputs: readonly ReadInput[];
  /** What reading the inputs took, in milliseconds. */
  readonly readingMs: number;
  /** Last message of the chat that goes on; null at a start. */
  readonly parentId: string | null;
  readonly context: CommandContext;
}

/** Opens the chat and reads all inputs, before any model is touched. @throws FacetError */
export async function prepareAsking(app: AppClient, options: AskValues, question: string, context: CommandContext): Promise<Asking> {
  await useOcrLanguages(app, options['ocr-language'], context);
  const chat = options.chat === null ? null : await app.request('conversation.open', { id: options.chat }, context.signal);
  const wanted: readonly WantedInput[] = [
    ...options.image.flatMap((file) => picturesOf(file, options.page)),
    ...(await expandFolders(options.doc, context)),
  ];
  const started = performance.now();
  const inputs: ReadInput[] = [];
  try {
    const skipped: FacetError[] = [];
    for (const input of wanted) {
      try {
        const read = await attachInput(app, { ...input, private: options.private }, context, options.password);
        inputs.push(read);
        inputs.splice(-1, 1, ...(await applyPageChoices(app, read, options['page-source'], context)));
      } catch (error) {
        // One bad file does not spoil a folder; it is named.
        if (input.folder === undefined || !(error instanceof FacetError) || !skippable.has(error.data.code)) throw error;
        skipped.push(error);
        context.output.note(`facet: note: left out: ${errorText(error.data).what}`);
      }
    }
    if (inputs.length === 0 && skipped[0] !== undefined) throw skipped[0];
  } catch (error) {
    await forgetInputs(app, inputs);
    throw error;
  }
  return {
    app,
    options,
    question,
    inputs,
    readingMs: performance.now() - started,
    parentId: chat === null ? null : goesOnAfter(chat),
    context,
  };
}

/** A picture file, or each of its pages that is asked about. */
function picturesOf(file: string, pages: readonly number[]): readonly WantedInput[] {
  return pages.length === 0 ? [{ file, kind: 'image' }] : pages.map((page) => ({ file, kind: 'image', page }));
}

/** What is wrong with one file and not with Facet or the request. */
const skippable: ReadonlySet<string> = new Set(['fileUnsupported', 'fileUnreadable', 'fileTooLarge', 'documentEmpty', 'passwordRequired']);

async function expandFolders(files: readonly string[], { workingFolder }: CommandContext): Promise<readonly WantedInput[]> {
  const wanted: WantedInput[] = [];
  for (const file of files) {
    const inside = file === standardInput ? null : await filesInFolder(path.resolve(workingFolder, file));
    if (inside === null) wanted.push({ file, kind: 'document' });
    else
      for (const one of inside)
        wanted.push({ file: path.isAbsolute(file) ? one : path.relative(workingFolder, one), kind: 'document', folder: file });
  }
  return wanted;
}

/** Removes attachments that no question holds. */
export async function forgetInputs(app: AppClient, inputs: readonly ReadInput[]): Promise<void> {
  for (const { attachment } of inputs) await app.request('attachment.remove', { id: attachment.id }).catch(() => undefined);
}

/** Says on standard error what the reader of the answer must know. */
export function noteWarnings(warnings: readonly string[], context: CommandContext): void {
  for (const warning of warnings) context.output.note(`facet: note: ${warning}`);
}

/** The end of the shown branch; a question that was refused, and so never answered with a word, is not asked once more with the next one. */
function goesOnAfter({ messages, headId }: Conversation): string | null {
  const head = messages.find(({ id }) => id === headId);
  if (head?.role !== 'assistant' || head.state.kind !== 'failed' || head.text !== '') return headId;
  return messages.find(({ id }) => id === head.parentId)?.parentId ?? null;
}
