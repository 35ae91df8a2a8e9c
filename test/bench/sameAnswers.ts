// Do Facet and llama-mtmd-cli answer alike about pages that are exactly the model's size? Generated labels, the built-in tiny reader, temperature 0.
// node_modules/.bin/node test/bench/sameAnswers.ts --llama-mtmd-cli FILE [--pages 40] [--seed 1]
// Prints {questions, same, right {facet, peer}, differing []}; ends with 1 when an answer differs.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import {
  control,
  greedy,
  image,
  loadEngine,
  openAddon,
  readerPrompt,
  text,
  tinyReader,
  tokens,
  turnEnd,
  turnStart,
} from '../native/nativeEngine.ts';

const { values } = parseArgs({
  options: { 'llama-mtmd-cli': { type: 'string' }, pages: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } },
});
const { 'llama-mtmd-cli': cli } = values;
if (cli === undefined) throw new Error('--llama-mtmd-cli is missing');
const names = ['Total', 'Date', 'Time', 'Gate', 'Seat', 'Room'];
const fonts = ['DejaVu Sans', 'DejaVu Serif', 'DejaVu Sans Mono'];

let state = Number(values.seed) * 2_654_435_761 + 1;
const below = (limit: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};

interface Page {
  readonly png: Buffer;
  readonly question: string;
  readonly answer: string;
}

/** Three lines, each a name and a number of four digits. */
async function drawPage(side: number): Promise<Page> {
  const chosen = names.toSorted(() => below(3) - 1).slice(0, 3);
  const lines = chosen.map((name) => ({ name, number: String(1000 + below(9000)) }));
  const size = 14 + below(4);
  const font = fonts[below(fonts.length)] ?? 'DejaVu Sans';
  const texts = lines.map(({ name, number }, index) => `<text x="6" y="${String(30 + 30 * index)}">${name} ${number}</text>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(side)}" height="${String(side)}"><rect width="100%" height="100%" fill="#fff"/><g font-family="${font}" font-size="${String(size)}">${texts.join('')}</g></svg>`;
  const asked = lines[below(lines.length)];
  if (asked === undefined) throw new Error('no lines');
  const png = await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
  return { png, question: `${asked.name}?`, answer: asked.number };
}

const binding = openAddon();
const { engine, loaded } = await loadEngine(binding);
const side = loaded.vision?.side ?? 0;
const scratch = await mkdtemp(join(tmpdir(), 'facet-same-'));
const { ids: blankLine } = await engine.tokenize([control('\n\n')]);
/** The peer's ids: it tokenises around a picture piece by piece, so that the newlines before it do not merge as the reference's do. */
const peerPrompt = (key: string, question: string): readonly PromptPart[] => [
  control(turnStart),
  tokens(blankLine),
  control('<start_of_image>'),
  image(key),
  control('<end_of_image>'),
  tokens(blankLine),
  text(question),
  control(turnEnd),
];
const ask = async (parts: readonly PromptPart[]): Promise<string> => {
  const run = { runId: 'same', parts, sampling: greedy, maxTokens: 16, stopTexts: [] };
  return (await engine.run(run, new binding.CancelFlag(), () => undefined)).text.trim();
};
const result = { questions: 0, same: 0, sameFromItsIds: 0, right: { facet: 0, peer: 0 }, differing: [] as object[] };
try {
  for (let page = 0; page < Number(values.pages); page++) {
    const { png, question, answer } = await drawPage(side);
    const path = join(scratch, 'page.png');
    const rgb = await sharp(png)
      .toFile(path)
      .then(() => sharp(path).removeAlpha().raw().toBuffer());
    await engine.encode(`page ${String(page)}`, side, rgb, new binding.CancelFlag());
    const facet = await ask(readerPrompt(`page ${String(page)}`, question));
    const fromItsIds = await ask(peerPrompt(`page ${String(page)}`, question));
    const files = ['-m', tinyReader.textPath, '--mmproj', tinyReader.projectorPath, '--image', path];
    const options = ['-n', '16', '--temp', '0', '-c', '2048', '--chat-template', 'gemma', '--no-warmup'];
    const peer = (await promisify(execFile)(cli, [...files, '-p', question, ...options])).stdout.trim();
    result.questions++;
    if (facet === peer) result.same++;
    if (fromItsIds === peer) result.sameFromItsIds++;
    if (facet !== peer || fromItsIds !== peer) result.differing.push({ page, question, answer, facet, fromItsIds, peer });
    if (facet === answer) result.right.facet++;
    if (peer === answer) result.right.peer++;
  }
} finally {
  await engine.unload();
  await rm(scratch, { recursive: true });
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.sameFromItsIds === result.questions ? 0 : 1;
