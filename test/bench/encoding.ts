// Encoding one 896 x 896 view on the CPU: Facet beside llama-mtmd-cli with flash attention on (its default) and off, in turns, and the machine's limit.
// node_modules/.bin/node test/bench/encoding.ts --folder DIR --llama-mtmd-cli FILE [--rounds 3] [--busy 0]
// DIR holds what makeTrueShapes.ts wrote; `--layers 1 --blocks 4` there keeps three rounds to a few minutes. Time goes with the blocks.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import { tuneEncoder } from '../../electron/engine/encoderTuning.ts';
import { loadParams, openAddon } from '../native/nativeEngine.ts';
import { startBusyPrograms } from './busyPrograms.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    'llama-mtmd-cli': { type: 'string' },
    rounds: { type: 'string', default: '3' },
    busy: { type: 'string', default: '0' },
  },
});
const { folder, 'llama-mtmd-cli': cli } = values;
if (folder === undefined || cli === undefined) throw new Error('--folder or --llama-mtmd-cli is missing');
const [textPath, projectorPath, side] = [join(folder, 'text.gguf'), join(folder, 'projector.gguf'), 896];
const scratch = await mkdtemp(join(tmpdir(), 'facet-encoding-'));
const picture = join(scratch, 'view.png');
const noise = Uint8Array.from({ length: side * side * 3 }, (_, index) => (index * 2_654_435_761) >>> 24);
await sharp(noise, { raw: { width: side, height: side, channels: 3 } })
  .png()
  .toFile(picture);

const binding = openAddon();
const engine = new binding.Engine();
await engine.load({ ...loadParams(), textPath, projectorPath, contextTokens: 1024, threads: 0 }, new binding.CancelFlag(), () => undefined);
const lost: string[] = [];
await tuneEncoder(engine, {
  folder: scratch,
  projectorPath,
  projectorSha256: 'b'.repeat(64),
  cancel: new binding.CancelFlag(),
  lost: (error) => lost.push(String(error)),
});
const [measurement] = JSON.parse(await readFile(join(scratch, 'measurements.json'), 'utf8')) as readonly unknown[];
const encoder = engine.encoder();
const operationsPerSecond = await engine.matrixRate(Number(/(\d+) threads/u.exec(encoder?.identity ?? '')?.[1] ?? 1));

/** Seconds. */
const facet = async (round: number): Promise<number> => {
  const { encodeMs, setupMs } = await engine.encode(`view ${String(round)}`, side, noise, new binding.CancelFlag());
  return (encodeMs - setupMs) / 1000;
};
const peer = async (flash: 'on' | 'off'): Promise<number> => {
  const args = ['-m', textPath, '--mmproj', projectorPath, '--image', picture, '-p', 'a', '-n', '1', '-c', '1024', '-fa', flash];
  const { stdout, stderr } = await promisify(execFile)(cli, [...args, '--chat-template', 'gemma', '--no-warmup', '-lv', '4'], {
    maxBuffer: 1 << 26,
  });
  const found = /batch encoding done in (\d+) ms/u.exec(stdout + stderr);
  if (found === null) throw new Error(`llama-mtmd-cli told no time: ${stderr.slice(-500)}`);
  return Number(found[1]) / 1000;
};

const seconds: Record<string, number[]> = { facet: [], flashOn: [], flashOff: [] };
const contestants = [
  ['facet', facet],
  ['flashOn', () => peer('on')],
  ['flashOff', () => peer('off')],
] as const;
const busy = startBusyPrograms(Number(values.busy), 0);
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, measure] of round % 2 === 0 ? contestants : contestants.toReversed()) {
      seconds[name]?.push(await measure(round));
      process.stderr.write(`round ${String(round + 1)} ${name}: ${(seconds[name]?.at(-1) ?? Number.NaN).toFixed(1)} s\n`);
    }
  }
} finally {
  busy.stop();
  await engine.unload();
  await rm(scratch, { recursive: true });
}
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const medians = Object.fromEntries(Object.entries(seconds).map(([name, list]) => [name, median(list)]));
const { facet: ours = Number.NaN, flashOn = Number.NaN, flashOff = Number.NaN } = medians;
/** 5.46e12 for 27 blocks (3.37 in products, 2.09 in attention). */
const operations = (5.46e12 / 27) * (encoder?.blocks ?? 27);
process.stdout.write(
  `${JSON.stringify({ load: loadavg(), busy: Number(values.busy), blocks: encoder?.blocks, medians, ratioToBest: Math.min(flashOn, flashOff) / ours, ratioToDefault: flashOn / ours, shareOfMatrixRate: operations / ours / operationsPerSecond, gflopsPerSecond: operationsPerSecond / 1e9, measurement, lost, seconds }, null, 2)}\n`,
);
