// Random files of a released size's shapes, for time and memory: FOLDER/text.gguf (Q4_0; 2.5 GB for the 4B) and, where it sees, FOLDER/projector.gguf (F16;
// 850 MB with 27 blocks).
// node_modules/.bin/node test/bench/makeTrueShapes.ts --folder DIR [--size 4B|embedding] [--layers 34] [--blocks 27]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { releasedSizes, seeingSizes } from '../../electron/shared/gemmaSizes.ts';
import type { ReleasedSize } from '../../electron/shared/models.ts';
import { trueEmbeddingSpec } from '../fakes/embeddingShapes.ts';
import { trueProjectorSpec, trueTextSpec, writeRandom } from '../fakes/trueShapes.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    size: { type: 'string', default: '4B' },
    layers: { type: 'string' },
    blocks: { type: 'string', default: '27' },
  },
});
if (values.folder === undefined) throw new Error('--folder is missing');
await mkdir(values.folder, { recursive: true });
if (values.size === 'embedding') await writeRandom(join(values.folder, 'text.gguf'), trueEmbeddingSpec());
else await writeReleased(values.folder, values.size as ReleasedSize);

async function writeReleased(folder: string, size: ReleasedSize): Promise<void> {
  const { layers, width } = releasedSizes[size];
  await writeRandom(join(folder, 'text.gguf'), trueTextSpec(size, Number(values.layers ?? layers)));
  if (seeingSizes.includes(size)) {
    const shape = { textWidth: width, blocks: Number(values.blocks), side: 896 };
    await writeRandom(join(folder, 'projector.gguf'), trueProjectorSpec(shape));
  }
}
