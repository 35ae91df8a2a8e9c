// Random files of the 4B's shapes, for time and memory: FOLDER/text.gguf (Q4_0; 2.2 GB with 34 layers) and FOLDER/projector.gguf (F16; 850 MB with 27 blocks).
// node_modules/.bin/node test/bench/makeTrueShapes.ts --folder DIR [--layers 34] [--blocks 27]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { trueProjectorSpec, trueTextSpec, writeRandom } from '../fakes/trueShapes.ts';

const { values } = parseArgs({
  options: { folder: { type: 'string' }, layers: { type: 'string', default: '34' }, blocks: { type: 'string', default: '27' } },
});
if (values.folder === undefined) throw new Error('--folder is missing');
await mkdir(values.folder, { recursive: true });
await writeRandom(join(values.folder, 'text.gguf'), trueTextSpec('4B', Number(values.layers)));
await writeRandom(join(values.folder, 'projector.gguf'), trueProjectorSpec({ textWidth: 2560, blocks: Number(values.blocks), side: 896 }));
