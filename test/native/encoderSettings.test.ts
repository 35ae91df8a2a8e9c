import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tuneEncoder } from '../../electron/engine/encoderTuning.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { trueProjectorSpec, writeRandom } from '../fakes/trueShapes.ts';
import { viewOf } from './labels.ts';
import { loadEngine, openAddon, tinyReader } from './nativeEngine.ts';

const binding = openAddon();
const folder = mkdtempSync(join(tmpdir(), 'facet-encoder-'));
/** One block of the released width over 256 positions, for the tiny reader's text model. */
const wide = join(folder, 'wide.gguf');
const side = 224;
const noise = Uint8Array.from({ length: side * side * 3 }, (_, index) => (index * 2_654_435_761) >>> 24);
beforeAll(() => writeRandom(wide, trueProjectorSpec({ textWidth: 128, blocks: 1, side })));
afterAll(() => rmSync(folder, { recursive: true }));

let views = 0;
const embed = async (engine: NativeEngine, rgb: Uint8Array, pixels: number): Promise<Float32Array> => {
  const key = `view ${String(views++)}`;
  await engine.encode(key, pixels, rgb, new binding.CancelFlag());
  return engine.embedding(key) ?? new Float32Array();
};
const relativeError = (tried: Float32Array, exact: Float32Array): number => {
  const squares = exact.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(exact.reduce((sum, value, index) => sum + (value - (tried[index] ?? Number.NaN)) ** 2, 0) / squares);
};

describe('every setting that may be chosen gives the embedding of F16 without flash attention', () => {
  const settings = [true, false].flatMap((flashAttention) =>
    ['f16', 'f32'].flatMap((weights) => [false, true].map((padded) => ({ weights, flashAttention, padded }))),
  );

  test.each(settings)('$weights, flash attention $flashAttention, padded heads $padded', async ({ weights, flashAttention, padded }) => {
    const files = [
      { path: tinyReader.projectorPath, pixels: 112, rgb: (await viewOf('receipt.png', 112)).rgb, heads: [32, 48] },
      { path: wide, pixels: side, rgb: noise, heads: [72, 80] },
    ];
    for (const { path, pixels, rgb, heads } of files) {
      const { engine } = await loadEngine(binding, { projectorPath: path });
      await engine.chooseEncoder(path, false);
      const exact = await embed(engine, rgb, pixels);
      const target = join(folder, 'rewritten.gguf');
      const head = heads[padded ? 1 : 0] ?? 0;
      await engine.rewriteProjector(path, target, { weights, flashAttention, head }, new binding.CancelFlag());
      await engine.chooseEncoder(target, flashAttention);
      expect(relativeError(await embed(engine, rgb, pixels), exact)).toBeLessThan(5e-3);
      await engine.unload();
    }
  });
});

test('an encode that is cancelled in the middle ends, whatever the setting', async () => {
  const { engine } = await loadEngine(binding, { projectorPath: wide });
  for (const flashAttention of [true, false]) {
    await engine.chooseEncoder(wide, flashAttention);
    const cancel = new binding.CancelFlag();
    const encoding = engine.encode('cancelled', side, noise, cancel);
    setTimeout(() => cancel.set(), 5);
    await expect(encoding).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.known(['cancelled'])).toEqual([false]);
  }
  expect(await embed(engine, noise, side)).toHaveLength(16 * 128);
});

test('a measurement tells every candidate and takes none that adds an error', async () => {
  const { engine } = await loadEngine(binding, { projectorPath: wide });
  const { best, timings } = await engine.measureEncoder(new binding.CancelFlag());
  expect(new Set(timings.map(({ setting }) => setting.head))).toEqual(new Set([72, 80]));
  expect(timings).toHaveLength(16);
  expect(timings.every(({ blockMs }) => blockMs > 0 && Number.isFinite(blockMs))).toBe(true);
  const error = (weights: string): number => timings.find(({ setting }) => setting.weights === weights)?.error ?? Number.NaN;
  expect(error('f32')).toBe(0);
  expect(error('f16')).toBeLessThan(1e-3);
  expect(error('q8_0')).toBeGreaterThan(3e-3);
  // One small block: whatever is won by another file, nobody would notice.
  expect(best).toMatchObject({ weights: 'f16', head: 72 });
  const stopped = new binding.CancelFlag();
  stopped.set();
  await expect(engine.measureEncoder(stopped)).rejects.toMatchObject({ code: 'cancelled' });
});

describe('tuning', () => {
  const sha256 = createHash('sha256').update('tiny').digest('hex');
  const { projectorPath } = tinyReader;
  const lost: unknown[] = [];
  const tune = async (engine: NativeEngine, name: string, projectorSha256: string | null = sha256): Promise<string> => {
    const kept = join(folder, name);
    await tuneEncoder(engine, {
      folder: kept,
      projectorPath,
      projectorSha256,
      cancel: new binding.CancelFlag(),
      lost: (error) => lost.push(error),
    });
    return kept;
  };
  /** A measurement as another machine would have made it. */
  const wants = (engine: NativeEngine, name: string, best: object): void => {
    const kept = join(folder, name, 'measurements.json');
    const [measured] = JSON.parse(readFileSync(kept, 'utf8')) as object[];
    writeFileSync(kept, JSON.stringify([{ ...measured, best, identity: engine.encoder()?.identity }]));
  };

  test('measures once and remembers', async () => {
    const { engine } = await loadEngine(binding);
    const kept = await tune(engine, 'once');
    const first = readFileSync(join(kept, 'measurements.json'), 'utf8');
    expect(JSON.parse(first)).toMatchObject([{ identity: engine.encoder()?.identity, timings: expect.any(Array) as unknown }]);
    await tune(engine, 'once');
    expect(readFileSync(join(kept, 'measurements.json'), 'utf8')).toBe(first);
    writeFileSync(join(kept, 'measurements.json'), '[{"identity":');
    await tune(engine, 'once');
    expect(JSON.parse(readFileSync(join(kept, 'measurements.json'), 'utf8'))).toHaveLength(1);
  });

  test('rewrites the projector once, and again when it is damaged', async () => {
    const { engine } = await loadEngine(binding);
    const kept = await tune(engine, 'rewrites');
    wants(engine, 'rewrites', { weights: 'f32', flashAttention: false, head: 48 });
    await tune(engine, 'rewrites');
    const file = join(kept, `${sha256}-f32-48.gguf`);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, 1000));
    await tune(engine, 'rewrites');
    expect(readFileSync(file).equals(whole)).toBe(true);
    expect(readdirSync(kept).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(lost).toEqual([]);
    const view = await embed(engine, (await viewOf('receipt.png', 112)).rgb, 112);
    expect(view).toHaveLength(16 * 128);
  });

  test('rewrites nothing while the file is unknown, and goes on when that fails', async () => {
    const { engine } = await loadEngine(binding);
    const kept = await tune(engine, 'unknown');
    wants(engine, 'unknown', { weights: 'f32', flashAttention: false, head: 48 });
    await tune(engine, 'unknown', null);
    expect(readdirSync(kept)).toEqual(['measurements.json']);
    wants(engine, 'unknown', { weights: 'f12', flashAttention: false, head: 48 });
    await tune(engine, 'unknown');
    expect(lost).toHaveLength(1);
    expect(await embed(engine, (await viewOf('receipt.png', 112)).rgb, 112)).toHaveLength(16 * 128);
  });
});
