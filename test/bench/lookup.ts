// How much sooner answers that quote are written with prompt lookup as it is by itself, and what it costs prose: off and on by turns in one run, on one
// thread, in processor time, so that other programs disturb it little. Exit code 1 when an answer differs.
// Usage: node_modules/.bin/node test/bench/lookup.ts MODEL [ROUNDS] > lookup.json
import { loadavg } from 'node:os';
import type { EngineSampling, PromptPart, RunParams, RunResult } from '../../electron/engine/engineContract.ts';
import { loadEngine, openAddon } from '../native/nativeEngine.ts';

const [model = '', rounds = '5'] = process.argv.slice(2);
if (model === '') throw new Error('Usage: lookup.ts MODEL [ROUNDS]');

const things = [
  'the garden fence',
  'the roof and its gutters',
  'the front door',
  'the kitchen stove',
  'the boiler',
  'the cellar windows',
  'the stairs',
];
const duties = ['shall be kept in good order by', 'may be altered only with the written consent of', 'must be inspected once a year by'];
const people = ['the tenant', 'the landlord', 'the managing agent', 'a qualified engineer'];
const clause = (index: number): string =>
  `${String(index + 1)}. ${things[index % 7] ?? ''} ${duties[index % 3] ?? ''} ${people[(index * 3) % 4] ?? ''}, at a cost of ${String(120 + index * 37)} euros, before the ${String((index % 27) + 1)}th day of the month.`;
const clauses = Array.from({ length: 24 }, (_, index) => clause(index)).join('\n');
const paragraph =
  'The harbour was built in three stages. The first, finished in 1871, gave room to forty fishing boats and a customs house of red brick. ' +
  'The second added a dry dock, two cranes from Glasgow and a railway siding that ran as far as the salt works. The third was never completed: ' +
  'the stone for the outer mole still lies in the quarry above the village, marked with the initials of the masons who cut it.';
const document = `Lease of the mill house\n\n${clauses}\n\nHistory\n\n${paragraph}\n`;

interface Task {
  readonly name: string;
  readonly kind: 'quoting' | 'prose';
  readonly parts: readonly PromptPart[];
  readonly sampling: EngineSampling;
  readonly maxTokens: number;
  readonly stopTexts: readonly string[];
  readonly quotes?: NonNullable<RunParams['quotes']>;
}

const greedy: EngineSampling = { temperature: 0, topK: 64, topP: 0.95, minP: 0, seed: 1 };
const start: PromptPart = { kind: 'text', text: `Document:\n${document}\n` };
const task = (name: string, kind: Task['kind'], question: string, change: Partial<Task> = {}): Task => ({
  name,
  kind,
  parts: [start, { kind: 'control', text: question }],
  sampling: greedy,
  maxTokens: 128,
  stopTexts: ['\nUser:'],
  ...change,
});
const tasks: readonly Task[] = [
  task(
    'copy a paragraph',
    'quoting',
    '\nUser: Copy the paragraph on the history of the harbour.\nAssistant: The harbour was built in three',
  ),
  task('list the clauses', 'quoting', '\nUser: List the clauses of the lease.\nAssistant:\n1. the garden fence'),
  task(
    'quote between marks',
    'quoting',
    '\nUser: Quote the paragraph on the harbour.\nAssistant: “The harbour was built in three stages. The first, finished in 1871,',
    {
      quotes: { texts: [document], before: '“The harbour was built in three stages. The first, finished in 1871,' },
      stopTexts: ['”', '"', '\nUser:'],
    },
  ),
  ...[11, 12, 13].map((seed) =>
    task(`prose, seed ${String(seed)}`, 'prose', '\nUser: Tell me a story of a sailor and a storm.\nAssistant: Once upon a time', {
      sampling: { ...greedy, temperature: 1, seed },
    }),
  ),
  task('prose without a document', 'prose', '', {
    parts: [{ kind: 'control', text: 'User: Explain how bread is baked.\nAssistant: To bake bread' }],
    sampling: { ...greedy, temperature: 1, seed: 5 },
  }),
];

const addon = openAddon();
const { engine } = await loadEngine(addon, { textPath: model, projectorPath: null, contextTokens: 8192 });

interface Written extends Omit<RunResult, 'takeUpMs'> {
  /** Of processor time. */
  readonly tokensPerSecond: number;
}

async function write({ parts, sampling, maxTokens, stopTexts, quotes }: Task, lookup: 'off' | 'auto'): Promise<Written> {
  const params: RunParams = { runId: 'lookup', parts, sampling, maxTokens, stopTexts, lookup, ...(quotes === undefined ? {} : { quotes }) };
  const start = process.cpuUsage();
  const result = await engine.run(params, new addon.CancelFlag(), () => undefined);
  const { user, system } = process.cpuUsage(start);
  return { ...result, tokensPerSecond: (result.ids.length * 1e6) / (user + system) };
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

try {
  const results: { readonly sameAnswer: boolean }[] = [];
  for (const one of tasks) {
    await write({ ...one, maxTokens: 2 }, 'off');
    const off: Written[] = [];
    const on: Written[] = [];
    for (let round = 0; round < Number(rounds); round++) {
      off.push(await write(one, 'off'));
      on.push(await write(one, 'auto'));
    }
    const [plain, drafted] = [off[0], on.at(-1)];
    if (plain === undefined || drafted === undefined) continue;
    const result = {
      name: one.name,
      kind: one.kind,
      tokens: plain.ids.length,
      tokensPerSecondOff: median(off.map(({ tokensPerSecond }) => tokensPerSecond)),
      tokensPerSecondOn: median(on.map(({ tokensPerSecond }) => tokensPerSecond)),
      times: median(on.map(({ tokensPerSecond }, round) => tokensPerSecond / (off[round]?.tokensPerSecond ?? Number.NaN))),
      drafted: drafted.drafted,
      accepted: drafted.accepted,
      sameAnswer: on.every(({ ids }) => ids.join() === plain.ids.join()),
      text: plain.text.slice(0, 160),
    };
    results.push(result);
    process.stderr.write(
      `${one.name}: ${result.tokensPerSecondOff.toFixed(1)} → ${result.tokensPerSecondOn.toFixed(1)} tokens/s (${result.times.toFixed(2)}x), ` +
        `${String(result.accepted)} of ${String(result.drafted)} drafts right, ${result.sameAnswer ? 'the same answer' : 'ANOTHER ANSWER'}\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ model, load: loadavg(), results }, null, 2)}\n`);
  process.exitCode = results.every(({ sameAnswer }) => sameAnswer) ? 0 : 1;
} finally {
  await engine.unload();
}
