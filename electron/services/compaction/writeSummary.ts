import type { Message } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import { trimText } from '../context/pieces.ts';
import { writePrompt } from '../context/writePrompt.ts';
import type { GenerationParts } from '../generation/generationParts.ts';
import type { ActiveModel } from '../generation/modelHost.ts';
import { newId } from '../newId.ts';
import type { CompactableTurns } from './compactableTurns.ts';
import { type CountTokens, groupTurns } from './groupTurns.ts';

/** Longest summary in tokens, and the part of the context that it may take at most. */
const mostSummaryTokens = 768;
const summaryPart = 1 / 8;
/** Tokens of the instruction and the markers around the turns. */
const wordingTokens = 96;

const instruction =
  'Write a summary of this conversation that can stand in its place. Keep every fact, number, name, decision and open question, and leave out ' +
  'greetings. Write only the summary.';

/** A summary as far as it is written; `part` of `parts`, each of which is written anew from the one before. */
export interface SummaryProgress {
  readonly text: string;
  readonly part: number;
  readonly parts: number;
}

/**
 * Has the model write a summary of these turns; in several rounds when they are too long for one. Files are not read for it: they stay in the chat.
 * @throws FacetError cancelled; invalidRequest when it writes nothing, or nothing shorter; those of the engine
 */
export async function writeSummary(
  { earlier, turns }: CompactableTurns,
  active: ActiveModel,
  parts: Pick<GenerationParts, 'engine' | 'attachments'>,
  { signal, wrote }: { readonly signal: AbortSignal; readonly wrote: (progress: SummaryProgress) => void },
): Promise<string> {
  const { contextTokens } = active.loaded;
  const room = Math.max(32, Math.min(mostSummaryTokens, Math.floor(contextTokens * summaryPart)));
  const count: CountTokens = async (texts) => {
    const counted = await parts.engine.request('prompt.tokenize', { parts: texts.map((text) => ({ kind: 'text', text })) }, signal);
    return counted.counts;
  };
  const texts = turns.map((message) => turnText(message, parts));
  const groups = await groupTurns(texts, contextTokens - 2 * room - wordingTokens, count);
  let summary = earlier?.summary ?? '';
  for (const [index, group] of groups.entries()) {
    const told = (text: string): void => wrote({ text, part: index + 1, parts: groups.length });
    summary = await writeOne({ before: summary, group, active, room }, parts, { signal, told });
  }
  const [before = 0, after = 0] = await count([[earlier?.summary ?? '', ...texts].join('\n\n'), summary]);
  if (after >= before)
    throw facetError('invalidRequest', { field: 'id', reason: `the model's summary is not shorter than what it was to stand for` });
  return summary;
}

interface Round {
  readonly before: string;
  readonly group: readonly string[];
  readonly active: ActiveModel;
  readonly room: number;
}

async function writeOne(
  { before, group, active, room }: Round,
  { engine }: Pick<GenerationParts, 'engine'>,
  { signal, told }: { readonly signal: AbortSignal; readonly told: (text: string) => void },
): Promise<string> {
  const known = before === '' ? [] : [`Summary of what came before:\n${before}`];
  const text = [...known, ...group, instruction].join('\n\n');
  const prompt = writePrompt({ system: '', turns: [{ role: 'user', text, documents: [], images: [] }] }, active.profile);
  const runId = newId();
  let written = '';
  told('');
  const stop = engine.on('generation.wrote', (event) => {
    if (event.runId !== runId) return;
    written += event.text;
    told(trimText(written));
  });
  try {
    const params = {
      runId,
      parts: prompt.pieces.map(({ part }) => part),
      sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 0 },
      maxTokens: room,
      stopTexts: prompt.stopTexts,
    };
    const result = await engine.request('generation.run', params, signal);
    if (result.stopReason === 'cancelled') throw facetError('cancelled', {});
    const summary = trimText(result.text);
    if (summary === '')
      throw facetError('invalidRequest', { field: 'id', reason: `${active.model.name} wrote no summary; try another model` });
    return summary;
  } finally {
    stop();
  }
}

function turnText(message: Message, { attachments }: Pick<GenerationParts, 'attachments'>): string {
  if (message.role === 'assistant') return `Assistant: ${message.text}`;
  const names = new Map(attachments.list().map(({ id, name }) => [id, name]));
  const files = message.attachments.map(({ attachmentId }) => names.get(attachmentId) ?? 'a removed file');
  return `User${files.length === 0 ? '' : ` (with ${files.join(', ')})`}: ${message.text}`;
}
