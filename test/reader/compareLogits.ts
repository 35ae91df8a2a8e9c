import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import { image, loadEngine, openAddon, tokens } from '../native/nativeEngine.ts';

// usage: node_modules/.bin/node test/reader/compareLogits.ts FOLDER    a run of train.py: the trained model's own logits beside Facet's, of the files that were exported

interface Probe {
  readonly side: number;
  readonly soft_id: number;
  readonly files: readonly string[];
  readonly cases: readonly { readonly views: readonly number[]; readonly ids: readonly number[]; readonly logits: readonly number[] }[];
}

/** Largest difference of a logit. Facet computes with the same half-precision weights; what differs is the precision in between. */
const tolerance = 1e-2;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: compareLogits.ts FOLDER');
const probe = JSON.parse(readFileSync(path.join(folder, 'probe.json'), 'utf8')) as Probe;
const addon = openAddon();
const paths = { textPath: path.join(folder, 'text.gguf'), projectorPath: path.join(folder, 'mmproj.gguf') };
const { engine } = await loadEngine(addon, { ...paths, cacheType: 'f32' });
for (const file of probe.files) {
  const { data } = await sharp(path.join(folder, file)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  await engine.encode(file, probe.side, new Uint8Array(data), new addon.CancelFlag());
}
for (const { views, ids, logits } of probe.cases) {
  await engine.forget();
  const computed = await engine.logits(partsOf(ids, views));
  const difference = Math.max(...logits.map((value, index) => Math.abs(value - (computed.logits[index] ?? NaN))));
  const largest = Math.max(...logits.map(Math.abs));
  process.stdout.write(
    `${views.length} views, ${ids.length} tokens: largest difference ${difference.toExponential(2)} of logits up to ${largest.toFixed(2)}\n`,
  );
  if (!(difference <= tolerance)) process.exitCode = 1;
}

/** Each run of soft tokens becomes the next view. */
function partsOf(ids: readonly number[], views: readonly number[]): readonly PromptPart[] {
  const parts: PromptPart[] = [];
  let view = 0;
  for (const [index, id] of ids.entries()) {
    if (id !== probe.soft_id) parts.push(tokens([id]));
    else if (ids[index - 1] !== probe.soft_id) parts.push(image(probe.files[views[view++] ?? -1] ?? ''));
  }
  return parts;
}
