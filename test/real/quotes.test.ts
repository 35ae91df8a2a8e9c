import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCitations } from '../../electron/services/citations/checkCitations.ts';
import { plantFacts } from '../bench/quotes/plantedFacts.ts';
import { connectEngine, control, greedy, text } from '../native/nativeEngine.ts';
import { realLoad } from './realModel.ts';

const engine = connectEngine();
beforeAll(() => engine.request('model.load', realLoad()));
afterAll(() => engine.close());

test('every quotation inside constrained marks is in the document, word for word', async () => {
  const facts = plantFacts(12);
  const document = { attachmentId: 'd', name: 'd', pages: [{ page: 1, source: 'text' as const, text: facts.text }] };
  let quotations = 0;
  for (const [index, { question }] of facts.questions.entries()) {
    const { text: answer } = await engine.request('generation.run', {
      runId: 'q',
      parts: [text(`Document: ${facts.text}\n\n`), text(`Question: ${question}\n`), control('Answer: “')],
      sampling: index % 2 === 0 ? greedy : { ...greedy, temperature: 1.5, seed: index },
      maxTokens: 48,
      stopTexts: ['\n'],
      quotes: { texts: [facts.text], before: '“' },
    });
    for (const { quote, source } of checkCitations({ answer: `“${answer}`, documents: [document] })) {
      quotations += 1;
      expect(source, quote).not.toBeNull();
    }
  }
  expect(quotations).toBeGreaterThanOrEqual(8);
});
