// Decode and prefill speed of Facet beside llama-bench and llama-server, in turns, in one run.
// node_modules/.bin/node test/bench/speed.ts --model FILE --llama-bench FILE --llama-server FILE
//   [--rounds 5] [--depth 512] [--prompt 512] [--write 64] [--busy 0] [--niceness 0] [--skip-bench] [--skip-server]
// Quiet: the ratios of Facet to llama-bench. With --busy N programs beside it: the ratio of decoding to llama-server's defaults.
import { parseArgs } from 'node:util';
import { loadavg } from 'node:os';
import { startBusyPrograms } from './busyPrograms.ts';
import { measureFacet } from './measureFacet.ts';
import { measureLlamaBench } from './measureLlamaBench.ts';
import { startLlamaServer } from './measureLlamaServer.ts';
import type { Shape, Speed } from './speedTypes.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    'llama-bench': { type: 'string' },
    'llama-server': { type: 'string' },
    rounds: { type: 'string', default: '5' },
    depth: { type: 'string', default: '512' },
    prompt: { type: 'string', default: '512' },
    write: { type: 'string', default: '64' },
    busy: { type: 'string', default: '0' },
    niceness: { type: 'string', default: '0' },
  },
});
const { model, 'llama-bench': benchPath, 'llama-server': serverPath } = values;
if (model === undefined) throw new Error('--model is missing');

const shape: Shape = { model, depth: Number(values.depth), prompt: Number(values.prompt), write: Number(values.write) };
const facet = await measureFacet(shape);
const server = serverPath === undefined ? null : await startLlamaServer(serverPath, shape);
const busy = startBusyPrograms(Number(values.busy), Number(values.niceness));
const contestants: readonly (readonly [string, () => Promise<Speed>])[] = [
  ['facet', facet.measure],
  ...(benchPath === undefined ? [] : [['llama-bench', () => measureLlamaBench(benchPath, shape)] as const]),
  ...(server === null ? [] : [['llama-server', server.measure] as const]),
];

const measured = new Map<string, Speed[]>(contestants.map(([name]) => [name, []]));
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    // Every other round backwards, so that a drift of the machine meets all alike.
    for (const [name, measure] of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const speed = await measure();
      measured.get(name)?.push(speed);
      process.stderr.write(
        `round ${String(round + 1)} ${name}: prefill ${speed.prefill.toFixed(1)}, decode ${speed.decode.toFixed(1)} tok/s\n`,
      );
    }
  }
} finally {
  busy.stop();
  server?.stop();
  await facet.close();
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const medians = Object.fromEntries(
  [...measured].map(([name, speeds]) => [
    name,
    { prefill: median(speeds.map((speed) => speed.prefill)), decode: median(speeds.map((speed) => speed.decode)) },
  ]),
);
/** Median of the ratios of the same round, which cancels the machine's drift. */
const ratio = (other: string, what: keyof Speed): number | null => {
  const [ours, theirs] = [measured.get('facet') ?? [], measured.get(other) ?? []];
  return theirs.length === 0 ? null : median(ours.map((speed, round) => speed[what] / (theirs[round]?.[what] ?? Number.NaN)));
};
const ratios = Object.fromEntries(
  ['llama-bench', 'llama-server'].map((other) => [other, { prefill: ratio(other, 'prefill'), decode: ratio(other, 'decode') }]),
);
process.stdout.write(
  `${JSON.stringify({ shape, busy: Number(values.busy), niceness: Number(values.niceness), load: loadavg(), medians, ratios, measured: Object.fromEntries(measured) }, null, 2)}\n`,
);
