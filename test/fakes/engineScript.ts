import type { PromptPart } from '../../electron/engine/engineContract.ts';

/** What a question tells the scripted engine to do. Without any word of it the answer is `You said: ` and the question. */
export interface EngineScript {
  /** What is left to write. */
  readonly answer: string;
  /** `[[slow 20]]`: milliseconds for each token. */
  readonly tokenMs: number;
  /** `[[prefill 500]]`: milliseconds before the first token. */
  readonly prefillMs: number;
  /** `[[die prefill]]`, `[[die decode]]` (half way): SIGKILL to itself, but not when the answer goes on. */
  readonly dies: 'prefill' | 'decode' | null;
  /** `[[hang]]`: when all is written, no word any more, whatever it is told. */
  readonly hangs: boolean;
}

/** `[[say …]]` gives the answer, `[[tokens 200]]` one of 200 words, `[[list Order \d+]]` a list of what matches in the text before the question. */
export function readScript(parts: readonly PromptPart[]): EngineScript {
  const at = parts.findLastIndex((part) => part.kind === 'text' && isQuestion(parts, part));
  const question = textOf(parts[at]).trim();
  const written = parts
    .slice(at + 1)
    .filter((part) => part.kind !== 'control')
    .map(textOf)
    .join('');
  const goesOn = parts.slice(at + 1).some((part) => part.kind === 'tokens' || part.kind === 'text');
  const told = (word: string): string | null => new RegExp(`\\[\\[${word} (.*?)\\]\\]`, 's').exec(question)?.[1] ?? null;
  const dies = goesOn ? null : told('die');
  return {
    answer: rest(fullAnswer(question, told, parts.slice(0, at).map(textOf).join('')), parts.slice(at + 1), written),
    tokenMs: Number(told('slow') ?? 0),
    prefillMs: Number(told('prefill') ?? 0),
    hangs: question.includes('[[hang]]'),
    dies: dies === 'prefill' || dies === 'decode' ? dies : null,
  };
}

function fullAnswer(question: string, told: (word: string) => string | null, before: string): string {
  const say = told('say');
  if (say !== null) return say;
  const list = told('list');
  if (list !== null) {
    const found = before.match(new RegExp(list, 'g')) ?? [];
    return found.length === 0 ? 'none' : found.map((item) => `- ${item}`).join('\n');
  }
  const tokens = told('tokens');
  if (tokens === null) return `You said: ${question.replace(/\[\[[^\]]*\]\]/g, '').trim()}`;
  return Array.from({ length: Number(tokens) }, (_, index) => `word${String(index + 1)}`).join(' ');
}

/** What follows what was written already; exact ids stand for as many words. */
function rest(answer: string, after: readonly PromptPart[], written: string): string {
  const ids = after.find((part) => part.kind === 'tokens');
  if (ids !== undefined) return (answer.match(/\s*\S+/g) ?? []).slice(ids.ids.length).join('');
  return answer.startsWith(written) ? answer.slice(written.length) : answer;
}

/** A text part that a person wrote: the one before a model's turn begins. */
function isQuestion(parts: readonly PromptPart[], part: PromptPart): boolean {
  const before = parts[parts.indexOf(part) - 1];
  return !(before?.kind === 'control' && before.text.endsWith('<start_of_turn>model\n'));
}

export function textOf(part: PromptPart | undefined): string {
  return part?.kind === 'text' || part?.kind === 'control' ? part.text : '';
}
