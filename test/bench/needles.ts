// Needles at 0, 25, 50, 75 and 100 % of a document, asked for one after the other: whether Facet finds what llama-server finds, and whether a state taken
// up by a new process finds what a fresh read found. Any load will do. Exit code 1 when they differ.
// node_modules/.bin/node test/bench/needles.ts --model FILE --llama-server FILE [--sizes 4000,8000,16000,30000]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineClient } from '../../electron/engine/engineClient.ts';
import { hashFile } from '../../electron/services/models/hashFile.ts';
import { withEngine } from './engineProcess.ts';
import { withLlamaServer } from './llamaServer.ts';

const { values } = parseArgs({
  options: { model: { type: 'string' }, 'llama-server': { type: 'string' }, sizes: { type: 'string', default: '4000,8000,16000,30000' } },
});
const { model, 'llama-server': program } = values;
if (model === undefined || program === undefined) throw new Error('--model or --llama-server is missing');
const contextTokens = 32_768;
const textSha256 = await hashFile(model);
const answerTokens = 8;

const colours = ['red', 'blue', 'green', 'white', 'black', 'brown', 'yellow'];
const hay = (index: number): string =>
  `House ${String(index)} of the long road has a ${colours[index % 7] ?? ''} door, ${String(2 + (index % 9))} windows and a ${colours[(index * 3 + 1) % 7] ?? ''} roof.`;
/** Tokens of one sentence of hay and its line break. */
const hayTokens = 23;
/** What a model that was only pretrained finds too: the question goes on as the sentence that holds the answer. */
const needles = ['Paris', 'Tokyo', 'Madrid', 'Oslo', 'Cairo'].map((place, index) => {
  const number = String(10_000 + ((index * 7919 + 42_421) % 90_000));
  return {
    depth: index / 4,
    sentence: `The secret code of ${place} is ${number}. Remember it: the secret code of ${place} is ${number}.`,
    start: `As stated above, the secret code of ${place} is `,
    number,
  };
});

function documentOf(size: number): string {
  const lines = Array.from({ length: Math.floor(size / hayTokens) }, (_, index) => hay(index));
  for (const { depth, sentence } of needles.toReversed()) lines.splice(Math.round(depth * lines.length), 0, sentence);
  return lines.join('\n');
}

interface Asked {
  readonly answers: readonly string[];
  readonly documentTokens: number;
  readonly tokensRead: number;
}

async function askFacet(client: EngineClient, document: string, owner: string): Promise<Asked> {
  const answers: string[] = [];
  let [tokensRead, documentTokens] = [0, 0];
  for (const { start } of needles) {
    const result = await client.request('generation.run', {
      runId: 'a',
      parts: [
        { kind: 'text', text: `${document}\n` },
        { kind: 'text', text: start },
      ],
      sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 1 },
      maxTokens: answerTokens,
      stopTexts: ['.'],
      lookup: 'off',
      owner,
    });
    answers.push(result.text);
    tokensRead += result.promptTokens - result.cachedTokens;
    documentTokens = result.promptTokens;
  }
  return { answers, tokensRead, documentTokens };
}

const found = ({ answers }: Pick<Asked, 'answers'>): readonly boolean[] =>
  needles.map(({ number }, index) => answers[index]?.startsWith(number) === true);
const folder = await mkdtemp(join(tmpdir(), 'facet-needles-'));
const load = { textPath: model, textSha256, contextTokens, stateFolder: join(folder, 'states') };
const results: object[] = [];
let differs = false;
try {
  for (const size of values.sizes.split(',').map(Number)) {
    const document = documentOf(size);
    const owner = `needles-${String(size)}`;
    const fresh = await withEngine(load, async (client) => {
      const asked = await askFacet(client, document, owner);
      await client.request('state.save', { owner, mostBytes: 1e10 });
      return asked;
    });
    const restored = await withEngine(load, (client) => askFacet(client, document, owner));
    const server = await withLlamaServer({ program, model, contextTokens, slotFolder: folder }, async (running) => {
      const answers: string[] = [];
      for (const { start } of needles) answers.push((await running.complete(`${document}\n${start}`, answerTokens, ['.'])).content);
      return { answers };
    });
    const same = { restored: restored.answers.join() === fresh.answers.join(), server: found(server).join() === found(fresh).join() };
    differs ||= !same.restored || !same.server;
    results.push({ size, facet: found(fresh), server: found(server), fresh, restored, serverAnswers: server.answers, same });
    const marks = (asked: Pick<Asked, 'answers'>): string =>
      found(asked)
        .map((one) => (one ? '+' : '-'))
        .join('');
    process.stderr.write(
      `${String(fresh.documentTokens)} tokens: Facet ${marks(fresh)}, restored ${marks(restored)}, llama-server ${marks(server)}\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
}
process.stdout.write(`${JSON.stringify({ model, depths: needles.map(({ depth }) => depth), results }, null, 2)}\n`);
process.exitCode = differs ? 1 : 0;
