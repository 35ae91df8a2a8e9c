// Tokens that are read when a chat goes on elsewhere than at its end, Facet beside llama-server with its defaults: a branch at turn 3 of 10, back to the
// end, and turns after a picture; questions have 10 words, answers 120 and, once more, 15. Counts, not times: any load will do. Exit code 1 when a bar of
// five times fewer is missed.
// node_modules/.bin/node test/bench/branches.ts --llama-server FILE [--model FILE]
//   The model is for the chat of text; without one, and for pictures always, it is the tiny reader.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import { viewOf } from '../native/labels.ts';
import { control, image, projectRoot, text, tinyReader, turnEnd, turnStart } from '../native/nativeEngine.ts';
import { withEngine } from './engineProcess.ts';
import { type ServerPrompt, withLlamaServer } from './llamaServer.ts';

const { values } = parseArgs({ options: { model: { type: 'string' }, 'llama-server': { type: 'string' } } });
const { model = tinyReader.textPath, 'llama-server': program } = values;
if (program === undefined) throw new Error('--llama-server is missing');
const atLeast = 5;
/** Tokens of a question alone, which is the least that can be read: where llama-server reads no more either, there is nothing to spare. */
const questionAlone = 28;
const contextTokens = 8192;

/** One prompt, as a list of its pieces; a picture is a piece of its own. */
type Piece = string | { readonly picture: string };
interface Step {
  readonly name: string;
  readonly pieces: readonly Piece[];
  /** Whether the bar holds for it: the steps before only make the chat. */
  readonly measured: boolean;
}

const words = (count: number, seed: number): string =>
  Array.from(
    { length: count },
    (_, index) => ['Total', 'Date', 'Name', 'Room', 'Code', 'Price', 'Tax'][(index * 5 + seed * 3 + index * index) % 7],
  ).join(' ');
const question = (seed: number): readonly Piece[] => [turnStart, words(10, seed), turnEnd];
const answer = (length: number, seed: number): readonly Piece[] => [words(length, seed), '<end_of_turn>\n'];
const turns = (count: number, length: number): readonly Piece[] =>
  Array.from({ length: count }, (_, index) => [...question(index * 2), ...answer(length, index * 2 + 1)]).flat();

/** As it is held: each turn asked after the ones before. */
const textChat = (length: number): readonly Step[] => [
  ...Array.from({ length: 10 }, (_, index) => ({
    name: `turn ${String(index + 1)}`,
    pieces: [...turns(index, length), ...question(index * 2)],
    measured: false,
  })),
  { name: 'branch at turn 3 of 10', pieces: [...turns(2, length), ...question(50)], measured: true },
  { name: 'back to the end', pieces: [...turns(10, length), ...question(51)], measured: true },
];
const picture: readonly Piece[] = [turnStart, words(400, 1), '\n\n', { picture: 'receipt.png' }, '\n\n'];
const asked: readonly Piece[] = [...picture, words(20, 3), turnEnd];
const pictureChat = (length: number): readonly Step[] => [
  { name: 'a picture after 400 words', pieces: [...picture, words(20, 2), turnEnd], measured: false },
  { name: 'another question on the picture', pieces: asked, measured: true },
  ...[1, 2, 3].map((count) => ({
    name: `turn ${String(count)} after it`,
    pieces: [...asked, ...answer(length, 3), ...turns(count - 1, length), ...question(count * 2 - 2)],
    measured: false,
  })),
  ...[3, 2, 1].map((count) => ({
    name: `turn ${String(count)} after it asked anew`,
    pieces: [...asked, ...answer(length, 3), ...turns(count - 1, length), ...question(60 + count)],
    measured: true,
  })),
];

async function facetReads(
  steps: readonly Step[],
  files: { readonly textPath: string; readonly projectorPath?: string },
): Promise<number[]> {
  return withEngine({ ...files, contextTokens }, async (client, { vision }) => {
    const keys = new Map<string, string>();
    for (const piece of steps.flatMap(({ pieces }) => pieces)) {
      if (typeof piece === 'string' || keys.has(piece.picture)) continue;
      const { key, rgb } = await viewOf(piece.picture, vision?.side ?? 0);
      await client.request('image.encode', { key, side: vision?.side ?? 0, rgb });
      keys.set(piece.picture, key);
    }
    const part = (piece: Piece): readonly PromptPart[] => {
      if (typeof piece !== 'string') return [control('<start_of_image>'), image(keys.get(piece.picture) ?? ''), control('<end_of_image>')];
      return [piece.includes('<') || piece === '\n\n' ? control(piece) : text(piece)];
    };
    const counts: number[] = [];
    for (const { pieces } of steps) {
      const { promptTokens, cachedTokens } = await client.request('generation.run', {
        runId: 'a',
        parts: pieces.flatMap(part),
        sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 1 },
        maxTokens: 1,
        stopTexts: [],
      });
      counts.push(promptTokens - cachedTokens);
    }
    return counts;
  });
}

async function serverReads(
  steps: readonly Step[],
  files: { readonly textPath: string; readonly projectorPath?: string },
): Promise<number[]> {
  const slotFolder = await mkdtemp(join(tmpdir(), 'facet-branches-'));
  const extra = files.projectorPath === undefined ? [] : ['--mmproj', files.projectorPath];
  const options = { program: program ?? '', model: files.textPath, contextTokens, slotFolder, extra };
  return withLlamaServer(options, async (server) => {
    const counts: number[] = [];
    for (const { pieces } of steps) {
      const pictures = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.picture]));
      const files = await Promise.all(pictures.map((name) => readFile(join(projectRoot, 'test/fixtures/labels', name), 'base64')));
      const marker = pictures.length === 0 ? '' : await server.mediaMarker();
      const whole = pieces.map((piece) => (typeof piece === 'string' ? piece : marker)).join('');
      const prompt: ServerPrompt = pictures.length === 0 ? whole : { prompt_string: whole, multimodal_data: files };
      counts.push((await server.complete(prompt, 1)).tokensRead);
    }
    return counts;
  }).finally(() => rm(slotFolder, { recursive: true }));
}

const missed: string[] = [];
const results: object[] = [];
for (const [steps, files, length] of [120, 15].flatMap(
  (words) =>
    [
      [textChat(words), { textPath: model }, words],
      [pictureChat(words), tinyReader, words],
    ] as const,
)) {
  const facet = await facetReads(steps, files);
  const server = await serverReads(steps, files);
  for (const [index, { name, measured }] of steps.entries()) {
    const [ours = 0, theirs = 0] = [facet[index], server[index]];
    const times = theirs / Math.max(1, ours);
    results.push({ name, answerWords: length, facet: ours, server: theirs, times: Math.round(times * 10) / 10, measured });
    if (measured && times < atLeast && ours > questionAlone) missed.push(`${name}, answers of ${String(length)} words`);
    process.stderr.write(
      `${name}: Facet reads ${String(ours)}, llama-server ${String(theirs)} tokens${measured ? ` (${times.toFixed(1)}x)` : ''}\n`,
    );
  }
}
process.stdout.write(`${JSON.stringify({ model, results, missed }, null, 2)}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
