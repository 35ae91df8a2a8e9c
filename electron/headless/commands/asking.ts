import { performance } from 'node:perf_hooks';
import type { AppClient } from '../appClient.ts';
import type { AskValues } from './askOptions.ts';
import { attachInput, type ReadInput, type WantedInput } from './attachInputs.ts';
import type { CommandContext } from './command.ts';

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
  const chat = options.chat === null ? null : await app.request('conversation.open', { id: options.chat }, context.signal);
  const wanted: readonly WantedInput[] = [
    ...options.image.map((file) => ({ file, kind: 'image' as const })),
    ...options.doc.map((file) => ({ file, kind: 'document' as const })),
  ];
  const started = performance.now();
  const inputs: ReadInput[] = [];
  try {
    for (const input of wanted) inputs.push(await attachInput(app, input, context, options.password));
  } catch (error) {
    await forgetInputs(app, inputs);
    throw error;
  }
  return { app, options, question, inputs, readingMs: performance.now() - started, parentId: chat?.headId ?? null, context };
}

/** Removes attachments that no question holds. */
export async function forgetInputs(app: AppClient, inputs: readonly ReadInput[]): Promise<void> {
  for (const { attachment } of inputs) await app.request('attachment.remove', { id: attachment.id }).catch(() => undefined);
}

/** Says on standard error what the reader of the answer must know. */
export function noteWarnings(warnings: readonly string[], context: CommandContext): void {
  for (const warning of warnings) context.output.note(`facet: note: ${warning}`);
}
