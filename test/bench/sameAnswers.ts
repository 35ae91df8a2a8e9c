// Does Facet, given the peer's prompt, answer as llama-mtmd-cli does about pages that are exactly the model's size? Generated labels, the built-in tiny reader, temperature 0.
// node_modules/.bin/node test/bench/sameAnswers.ts --llama-mtmd-cli FILE [--pages 40] [--seed 1]
// Prints {questions, same, sameFromItsIds, right {facet, peer}, differing []}; `same` with Facet's own prompt, where the peer leaves out two blank lines.
// Where answers differ from the same ids, `margin` tells by how much Facet's logits prefer its own token. Ends with 1 when one differs.
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
/** The peer's own prompt: it puts no blank lines around a picture, which the reference does. */
const peerPrompt = (key: string, question: string): readonly PromptPart[] => [
  control(`${turnStart}<start_of_image>`),
  image(key),
  control('<end_of_image>'),
  text(question),
  control(turnEnd),
];
const ask = async (parts: readonly PromptPart[]): Promise<string> => {
  const run = { runId: 'same', parts, sampling: greedy, maxTokens: 16, stopTexts: [] };
  return (await engine.run(run, new binding.CancelFlag(), () => undefined)).text.trim();
};
/** How far apart Facet's logits hold its own next token and the peer's, where the answers part; null where a token is not one character. */
async function marginWhereTheyPart(parts: readonly PromptPart[], ours: string, theirs: string): Promise<number | null> {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at++;
  const next = async (answer: string): Promise<number | undefined> => {
    const character = answer[at];
    const { ids } = await engine.tokenize([character === undefined ? control('<end_of_turn>') : text(character)]);
    return ids.at(-1);
  };
  const { logits } = await engine.logits(at === 0 ? parts : [...parts, text(ours.slice(0, at))]);
  const [own, other] = [await next(ours), await next(theirs)];
  return own === undefined || other === undefined ? null : (logits[own] ?? Number.NaN) - (logits[other] ?? Number.NaN);
}

const result = { questions: 0, same: 0, sameFromItsIds: 0, right: { facet: 0, peer: 0 }, differing: [] as object[] };
try {
  for (let page = 0; page < Number(values.pages); page++) {
    const { png, question, answer } = await drawPage(side);
    const path = join(scratch, 'page.png');
    const rgb = await sharp(png)
      .toFile(path)
      .then(() => sharp(path).removeAlpha().raw().toBuffer());
    const key = `page ${String(page)}`;
    await engine.encode(key, side, rgb, new binding.CancelFlag());
    const facet = await ask(readerPrompt(key, question));
    const fromItsIds = await ask(peerPrompt(key, question));
    const files = ['-m', tinyReader.textPath, '--mmproj', tinyReader.projectorPath, '--image', path];
    const options = ['-n', '16', '--temp', '0', '-c', '2048', '--chat-template', 'gemma', '--no-warmup'];
    // The peer's printing thread can lose the end of an answer when the program ends, so the longest of three is taken.
    const peers: string[] = [];
    while (peers.length < 3) peers.push((await promisify(execFile)(cli, [...files, '-p', question, ...options])).stdout.trim());
    const peer = peers.toSorted((one, other) => other.length - one.length)[0] ?? '';
    result.questions++;
    if (facet === peer) result.same++;
    if (fromItsIds === peer) result.sameFromItsIds++;
    if (facet !== peer || fromItsIds !== peer) {
      const margin = fromItsIds === peer ? null : await marginWhereTheyPart(peerPrompt(key, question), fromItsIds, peer);
      result.differing.push({ page, question, answer, facet, fromItsIds, peer, margin });
    }
    if (facet === answer) result.right.facet++;
    if (peer === answer) result.right.peer++;
  }
} finally {
  await engine.unload();
  await rm(scratch, { recursive: true });
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.sameFromItsIds === result.questions ? 0 : 1;
