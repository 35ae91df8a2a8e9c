// Vectors of texts by the addon beside those of llama-server of the same version, with the time of both.
// node_modules/.bin/node test/bench/embeddings.ts --model EMBEDDINGGEMMA.gguf --server LLAMA-SERVER
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { loadNativeBinding } from '../../electron/engine/nativeBinding.ts';
import { documentPrompt, queryPrompt } from '../../electron/services/retrieval/textEmbedder.ts';
import { withLlamaServer } from './llamaServer.ts';

const { values } = parseArgs({ options: { model: { type: 'string' }, server: { type: 'string' } } });
const { model, server } = values;
if (model === undefined || server === undefined) throw new Error('--model and --server are needed');

/** A question and parts of this project's own pages, about as long as chunks. */
const texts = [
  queryPrompt('How are drafts taken back?'),
  ...Array.from({ length: 3 }, (_, place) =>
    documentPrompt('native', readFileSync('native/README.md', 'utf8').slice(700 * place, 700 * (place + 1))),
  ),
];

const { binding, libraryFolder } = loadNativeBinding(process.cwd());
binding.initialize(libraryFolder, () => undefined);
const embedder = new binding.TextEmbedder();
const loaded = await embedder.load(model, 0, new binding.CancelFlag());
const begun = performance.now();
const ours = await embedder.embed(texts, new binding.CancelFlag());
const ourMs = performance.now() - begun;

const extra = ['--embedding', '-b', '2048', '-ub', '2048'];
const [theirs, theirMs] = await withLlamaServer(
  { program: server, model, contextTokens: 2048, slotFolder: tmpdir(), extra },
  async (peer) => {
    const started = performance.now();
    return [await peer.embed(texts), performance.now() - started] as const;
  },
);
const cosines = ours.map((vector, place) => {
  const other = theirs[place] ?? [];
  const sum = (of: (at: number) => number): number => vector.reduce((total, _, at) => total + of(at), 0);
  const product = sum((at) => (vector[at] ?? 0) * (other[at] ?? 0));
  return product / Math.sqrt(sum((at) => (vector[at] ?? 0) ** 2) * sum((at) => (other[at] ?? 0) ** 2));
});
const report = (line: string): void => void process.stdout.write(`${line}\n`);
report(`${String(loaded.width)} numbers, ${(loaded.memory.weights / 1e6).toFixed(0)} + ${(loaded.memory.compute / 1e6).toFixed(0)} MB`);
report(
  `${String(texts.length)} texts: least cosine ${Math.min(...cosines).toFixed(6)}; Facet ${ourMs.toFixed(0)} ms, llama-server ${theirMs.toFixed(0)} ms`,
);
