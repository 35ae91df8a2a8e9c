// A question about one picture as a user has it, each time in a new process: Facet beside llama-mtmd-cli without flash attention and, with `--default`, as it
// is by itself, in turns. Facet's second question on the picture follows each first one.
// node_modules/.bin/node test/bench/pictureTimes.ts --folder DIR --llama-mtmd-cli FILE [--rounds 2] [--tokens 16] [--default]
// DIR holds what makeTrueShapes.ts wrote: the 4B in its true shapes takes three minutes a round, and twelve more with `--default` on AVX-512.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import { runFacet } from './runFacet.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    'llama-mtmd-cli': { type: 'string' },
    rounds: { type: 'string', default: '2' },
    tokens: { type: 'string', default: '16' },
    default: { type: 'boolean', default: false },
  },
});
const { folder, 'llama-mtmd-cli': cli } = values;
if (folder === undefined || cli === undefined) throw new Error('--folder or --llama-mtmd-cli is missing');
const model = join(folder, 'text.gguf');
const projector = join(folder, 'projector.gguf');
const question = 'What is the total?';

/** Seconds, and written tokens a second. */
interface Times {
  readonly encode: number;
  readonly prefill: number;
  readonly decodeRate: number;
  readonly whole: number;
}

async function timed(measure: () => Promise<Omit<Times, 'whole'>>): Promise<Times> {
  const begin = performance.now();
  const times = await measure();
  return { ...times, whole: (performance.now() - begin) / 1000 };
}

async function facet(dataFolder: string, picture: string): Promise<Omit<Times, 'whole'>> {
  const options = ['--model', model, '--projector', projector, '--context', '4096', '--max-tokens', values.tokens, '--pan-scan', 'off'];
  const answer = (await runFacet(dataFolder, 'ask', ...options, '--temperature', '0', '--image', picture, question)) as {
    readonly generated: { readonly tokens: number };
    readonly timings: { readonly encode_ms: number; readonly prefill_ms: number; readonly decode_ms: number };
  };
  const { encode_ms: encode, prefill_ms: prefill, decode_ms: decode } = answer.timings;
  return { encode: encode / 1000, prefill: prefill / 1000, decodeRate: (answer.generated.tokens - 1) / (decode / 1000) };
}

async function peer(flash: readonly string[], picture: string): Promise<Omit<Times, 'whole'>> {
  const files = ['-m', model, '--mmproj', projector, '--image', picture];
  const options = ['-c', '4096', '-n', values.tokens, '--temp', '0', '--chat-template', 'gemma', '-lv', '4', ...flash];
  const { stdout, stderr } = await promisify(execFile)(cli ?? '', [...files, '-p', question, ...options], { maxBuffer: 1 << 26 });
  const told = stdout + stderr;
  const number = (pattern: RegExp): number => Number(pattern.exec(told)?.[1] ?? Number.NaN);
  const prompt = number(/prompt eval time =\s+([\d.]+) ms/u) / 1000;
  const encode = number(/batch encoding done in (\d+) ms/u) / 1000;
  return { encode, prefill: prompt - encode, decodeRate: number(/^.*[^t] eval time =.*?([\d.]+) tokens per second/mu) };
}

const scratch = await mkdtemp(join(tmpdir(), 'facet-picture-times-'));
const found: Record<string, Times[]> = { first: [], second: [], mtmdNoFlash: [], mtmd: [] };
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    const picture = join(scratch, `${String(round)}.png`);
    const noise = Uint8Array.from({ length: 896 * 896 * 3 }, (_, index) => ((index + round * 7919) * 2_654_435_761) >>> 24);
    await sharp(noise, { raw: { width: 896, height: 896, channels: 3 } }).toFile(picture);
    const data = join(scratch, 'data');
    const contestants: readonly (readonly [string, () => Promise<Omit<Times, 'whole'>>])[] = [
      ['first', () => facet(data, picture)],
      ['second', () => facet(data, picture)],
      ['mtmdNoFlash', () => peer(['-fa', 'off'], picture)],
      ...(values.default ? [['mtmd', () => peer([], picture)] as const] : []),
    ];
    // The encoder is tried out once a machine, before the first round.
    if (round === 0) await facet(data, join(import.meta.dirname, '..', 'fixtures', 'labels', 'parcel.png'));
    for (const [name, measure] of contestants) {
      const times = await timed(measure);
      found[name]?.push(times);
      process.stderr.write(`round ${String(round + 1)} ${name}: ${JSON.stringify(times)}\n`);
    }
  }
} finally {
  await rm(scratch, { recursive: true });
}
process.stdout.write(`${JSON.stringify({ load: loadavg(), found }, null, 2)}\n`);
