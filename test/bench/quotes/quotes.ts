// Quotations of a real model inside constrained quotation marks: how many are in the document word for word, and what the constraint costs.
// node_modules/.bin/node test/bench/quotes/quotes.ts --model FILE [--questions 100] [--facts 40]
import { parseArgs } from 'node:util';
import { checkCitations } from '../../../electron/services/citations/checkCitations.ts';
import { connectEngine, control, greedy, loadParams, text } from '../../native/nativeEngine.ts';
import { plantFacts } from './plantedFacts.ts';

const { values } = parseArgs({
  options: { model: { type: 'string' }, questions: { type: 'string', default: '100' }, facts: { type: 'string', default: '40' } },
});
if (values.model === undefined) throw new Error('--model is missing');
const facts = plantFacts(Number(values.facts));
const document = { attachmentId: 'd', name: 'd', pages: [{ page: 1, source: 'text' as const, text: facts.text }] };
const engine = connectEngine();
await engine.request('model.load', loadParams({ textPath: values.model, projectorPath: null, contextTokens: 4096, threads: 0 }));

const report = { questions: 0, quotes: 0, verbatim: 0, right: 0, tokens: 0, decodeMs: 0 };
const free = { quotes: 0, verbatim: 0, tokens: 0, decodeMs: 0 };
for (let index = 0; index < Number(values.questions); index += 1) {
  const asked = facts.questions[index % facts.questions.length];
  if (asked === undefined) break;
  // From the second round on the model draws, so that no question is asked twice alike.
  const sampling = index < facts.questions.length ? greedy : { ...greedy, temperature: 1, seed: index };
  for (const guarded of [true, false]) {
    const result = await engine.request('generation.run', {
      runId: String(index),
      parts: [text(`Document: ${facts.text}\n\n`), text(`Question: ${asked.question}\n`), control('Answer: “')],
      sampling,
      maxTokens: 48,
      stopTexts: ['\n'],
      ...(guarded ? { quotes: { texts: [facts.text], before: '“' } } : {}),
    });
    const into = guarded ? report : free;
    const checked = checkCitations({ answer: `“${result.text}`, documents: [document] });
    into.quotes += checked.length;
    into.verbatim += checked.filter(({ source }) => source !== null).length;
    into.tokens += Math.max(0, result.ids.length - 1);
    into.decodeMs += result.decodeMs;
    if (guarded) report.right += result.text.includes(asked.answer) ? 1 : 0;
  }
  report.questions += 1;
}
const speed = ({ tokens, decodeMs }: { readonly tokens: number; readonly decodeMs: number }): number =>
  Math.round((10_000 * tokens) / decodeMs) / 10;
process.stdout.write(
  JSON.stringify({
    ...report,
    decodeMs: undefined,
    tokensPerSecond: speed(report),
    free: { ...free, decodeMs: undefined, tokensPerSecond: speed(free) },
  }) + '\n',
);
engine.close();
process.exit(report.quotes === report.verbatim && report.quotes > 0 ? 0 : 1);
