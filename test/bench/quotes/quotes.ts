// Quotations of a real model, inside constrained quotation marks and without: how many are in the document word for word, whether every citation that would
// be shown as verified is on the page it names, and what the constraint costs. One question in five is about what the document does not say.
// node_modules/.bin/node test/bench/quotes/quotes.ts --model FILE [--questions 100] [--facts 40]
import { parseArgs } from 'node:util';
import { checkCitations } from '../../../electron/services/citations/checkCitations.ts';
import { connectEngine, control, greedy, loadParams, text } from '../../native/nativeEngine.ts';
import { plantFacts } from './plantedFacts.ts';

const { values } = parseArgs({
  options: { model: { type: 'string' }, questions: { type: 'string', default: '100' }, facts: { type: 'string', default: '40' } },
});
if (values.model === undefined) throw new Error('--model is missing');
const [count, told] = [Number(values.questions), Number(values.facts)];
const facts = plantFacts(told);
const absent = plantFacts(100).questions.slice(told);
const document = {
  attachmentId: 'd',
  name: 'd',
  pages: facts.pages.map((text, index) => ({ page: index + 1, source: 'text' as const, text })),
};
const engine = connectEngine();
await engine.request('model.load', loadParams({ textPath: values.model, projectorPath: null, contextTokens: 4096, threads: 0 }));

interface Tally {
  quotes: number;
  /** Found in the document letter by letter. */
  verbatim: number;
  /** Shown as verified. */
  verified: number;
  /** Of those, on the page that they name, as far as letters and digits go. */
  onThatPage: number;
  right: number;
  tokens: number;
  decodeMs: number;
}
const tally = (): Tally => ({ quotes: 0, verbatim: 0, verified: 0, onThatPage: 0, right: 0, tokens: 0, decodeMs: 0 });
const constrained = tally();
const free = tally();
const letters = (content: string): string => content.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

for (let index = 0; index < count; index++) {
  const isAbsent = index % 5 === 4;
  const from = isAbsent ? absent : facts.questions;
  const asked = from[index % from.length];
  if (asked === undefined) break;
  // From the second round on the model draws, so that no question is asked twice alike.
  const sampling = index < from.length ? greedy : { ...greedy, temperature: 1, seed: index };
  for (const into of [constrained, free]) {
    const result = await engine.request('generation.run', {
      runId: String(index),
      parts: [text(`Document: ${facts.text}\n\n`), text(`Question: ${asked.question}\n`), control('Answer: “')],
      sampling,
      maxTokens: 48,
      stopTexts: ['\n'],
      ...(into === constrained ? { quotes: { texts: facts.pages, before: '“' } } : {}),
    });
    for (const { quote, source } of checkCitations({ answer: `“${result.text}`, documents: [document] })) {
      into.quotes += 1;
      if (facts.pages.some((page) => page.includes(quote))) into.verbatim += 1;
      if (source === null) continue;
      into.verified += 1;
      if (letters(facts.pages[source.page - 1] ?? '').includes(letters(quote))) into.onThatPage += 1;
    }
    into.tokens += Math.max(0, result.ids.length - 1);
    into.decodeMs += result.decodeMs;
    if (!isAbsent && result.text.includes(asked.answer)) into.right += 1;
  }
  if (index % 10 === 9) process.stderr.write(`${String(index + 1)} questions, ${String(constrained.quotes)} quotations\n`);
}
engine.close();
const report = ({ decodeMs, ...rest }: Tally) => ({ ...rest, tokensPerSecond: Math.round((10_000 * rest.tokens) / decodeMs) / 10 });
process.stdout.write(`${JSON.stringify({ questions: count, constrained: report(constrained), free: report(free) }, null, 2)}\n`);
const held =
  constrained.quotes > 0 &&
  constrained.verbatim === constrained.quotes &&
  [constrained, free].every((one) => one.onThatPage === one.verified);
process.exit(held ? 0 : 1);
