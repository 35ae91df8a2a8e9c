import { beforeAll, describe, expect, test } from 'vitest';
import type { RunParams } from '../../electron/engine/engineContract.ts';
import { findQuotations } from '../../electron/services/citations/findQuotations.ts';
import { checkCitations } from '../../electron/services/citations/checkCitations.ts';
import type { NativeBinding, NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { greedy, loadEngine, openAddon, text } from './nativeEngine.ts';

const page = `Rent\n\nThe monthly rent is 1,250 euros, due on the third day. It’s paid by bank-transfer — in full.
No pets, except for „Biscuit“ and "Rex". 犬も猫も可。 Ärger gibt’s nicht; l’été dure 5 × 3 jours.`;
const other = 'A second document: the deposit is 3,750 euros.';
const texts = [page, other];

let binding: NativeBinding;
let engine: NativeEngine;
beforeAll(async () => {
  binding = openAddon();
  ({ engine } = await loadEngine(binding, { projectorPath: null }));
});

const run = async (change: Partial<RunParams> = {}): Promise<{ text: string; ids: readonly number[] }> =>
  engine.run(
    { runId: 'r', parts: [text('Say: “')], sampling: greedy, maxTokens: 40, stopTexts: [], quotes: { texts, before: '“' }, ...change },
    new binding.CancelFlag(),
    () => undefined,
  );

/** Each quotation of an answer that began inside one, and what of it is verified. */
function quoted(answer: string, opening = '“'): readonly { readonly quote: string; readonly verified: boolean }[] {
  const whole = `${opening}${answer}`;
  const document = {
    attachmentId: 'd',
    name: 'd',
    pages: texts.map((content, index) => ({ page: index + 1, source: 'text' as const, text: content })),
  };
  const found = new Set(
    checkCitations({ answer: whole, documents: [document] }).flatMap(({ start, source }) => (source === null ? [start] : [])),
  );
  return findQuotations(whole).map(({ start, quote }) => ({ quote, verified: !found.has(start) }));
}

describe('a model that knows nothing, drawing at the highest temperature', () => {
  test.each(['“', '"', '„', '«'])('cannot misquote inside %s', async (opening) => {
    let quotations = 0;
    for (let seed = 0; seed < 12; seed += 1) {
      const sampling = { temperature: 2, topK: 1000, topP: 1, minP: 0, seed };
      const { text: answer } = await run({ sampling, quotes: { texts, before: opening } });
      const closing = /[”"“»]/.exec(answer)?.index ?? answer.length;
      const span = answer.slice(0, closing).replace(/\ufffd+$/, '');
      const plain = texts.map((content) => content.replace(/\s+/g, ' '));
      expect(
        plain.some((content) => content.includes(span)),
        JSON.stringify(answer),
      ).toBe(true);
      // Braces and backticks turn the guard off, and noise is full of them.
      for (const { quote, verified } of quoted(answer, opening).slice(0, /[{`]/.test(answer) ? 1 : undefined)) {
        quotations += 1;
        expect({ quote, verified }).toEqual({ quote, verified: true });
      }
    }
    expect(quotations).toBeGreaterThan(3);
  });
});

test('an answer that goes on inside a quotation stays in it, word for word', async () => {
  const { text: answer } = await run({ quotes: { texts, before: 'It says “The monthly rent is 1,2' } });
  expect(answer).toMatch(/^50(?: euros|[”"])/);
});

test('inside a number or a word it can neither begin nor end', async () => {
  const only = ['1,250'];
  const { text: answer } = await run({ quotes: { texts: only, before: '“' } });
  expect(answer).toMatch(/^1,250[”"]/);
});

test('without texts, and outside quotation marks, the answer is the free one', async () => {
  const { quotes: _quotes, ...free } = { runId: 'r', parts: [text('Hello')], sampling: greedy, maxTokens: 24, stopTexts: [], quotes: null };
  const plain = await engine.run(free, new binding.CancelFlag(), () => undefined);
  const guarded = await engine.run({ ...free, quotes: { texts: [], before: '' } }, new binding.CancelFlag(), () => undefined);
  expect(guarded.ids).toEqual(plain.ids);
});

test('a wrong quotes object is refused', async () => {
  await expect(run({ quotes: { texts: [1 as unknown as string], before: '' } })).rejects.toMatchObject({ code: 'invalidRequest' });
});
