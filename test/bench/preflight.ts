// How far the foretold time to the first word (`predicted_ms`) lies from the time that it took, over documents of several lengths asked for the first
// time, asked again from the kept state, and gone on with. For a quiet machine.
// Usage: node_modules/.bin/node test/bench/preflight.ts MODEL [WORDS,WORDS…] > preflight.json
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFacet } from './runFacet.ts';

const [model = '', lengths = '300,1000,3000,6000,10000'] = process.argv.slice(2);
if (model === '') throw new Error('Usage: preflight.ts MODEL [WORDS,WORDS…]');
const folder = await mkdtemp(join(tmpdir(), 'facet-preflight-'));
/** What issue and README promise. */
const bound = 0.3;

interface Answered {
  readonly chat: string;
  readonly prompt: { readonly tokens: number; readonly cached_tokens: number };
  readonly predicted_ms: number | null;
  readonly timings: { readonly first_token_ms: number };
}

interface Case {
  readonly what: string;
  readonly tokens: number;
  readonly cached: number;
  readonly predictedMs: number | null;
  readonly tookMs: number;
  /** Foretold by taken. */
  readonly ratio: number | null;
}

async function ask(what: string, ...args: readonly string[]): Promise<Case & { readonly chat: string }> {
  const answer = (await runFacet(
    folder,
    'ask',
    '--model',
    model,
    '--context',
    '32768',
    '--max-tokens',
    '12',
    '--temperature',
    '0',
    ...args,
  )) as Answered;
  const { predicted_ms: predictedMs, prompt, timings } = answer;
  const tookMs = timings.first_token_ms;
  const found: Case = {
    what,
    tokens: prompt.tokens,
    cached: prompt.cached_tokens,
    predictedMs,
    tookMs,
    ratio: predictedMs === null ? null : predictedMs / tookMs,
  };
  process.stderr.write(`${what}: foretold ${String(predictedMs)} ms, took ${Math.round(tookMs)} ms\n`);
  return { ...found, chat: answer.chat };
}

const vocabulary = 'the river crossed a bridge of stone where merchants sold copper lamps and told of winters in the north'.split(' ');

/** Plain words, another text for each length. */
function words(count: number): string {
  let state = count;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31);
  return Array.from({ length: count }, (_, index) => `${vocabulary[next() % vocabulary.length]}${index % 15 === 14 ? '.\n' : ''}`).join(
    ' ',
  );
}

try {
  await runFacet(folder, 'models', 'bench', model);
  const cases: Case[] = [];
  for (const length of lengths.split(',').map(Number)) {
    const file = join(folder, `${length}.txt`);
    await writeFile(file, words(length));
    const first = await ask(`${length} words, new`, '--doc', file, 'Where did the merchants sell lamps?');
    const again = await ask(`${length} words, another question in a new chat`, '--doc', file, 'What did the river cross?');
    const follow = await ask(`${length} words, the chat goes on`, '--chat', again.chat, 'And who told of winters?');
    cases.push(...[first, again, follow].map(({ chat: _, ...rest }) => rest));
  }
  const ratios = cases.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  const within = ratios.filter((ratio) => Math.abs(ratio - 1) <= bound).length;
  process.stdout.write(`${JSON.stringify({ bound, within, of: cases.length, cases }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
