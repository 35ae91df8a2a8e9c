import { beforeAll, expect, test } from 'vitest';
import type { EngineSampling, PromptPart } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { control, greedy, loadEngine, openAddon, text } from '../native/nativeEngine.ts';
import { realLoad } from './realModel.ts';

// Answers over a document with drafts, as they are read wherever a batch has the bits of single tokens, and without.

const addon = openAddon();
let engine: NativeEngine;
beforeAll(async () => {
  ({ engine } = await loadEngine(addon, realLoad({ threads: 1 })));
});

const duties = ['shall be kept in good order by', 'may be altered only with the consent of', 'must be inspected once a year by'];
const clause = (index: number): string =>
  `${String(index + 1)}. The ${['fence', 'roof', 'door', 'stove', 'boiler'][index % 5] ?? ''} ${duties[index % 3] ?? ''} the ${['tenant', 'landlord'][index % 2] ?? ''}.`;
const document = `Lease of the mill house\n\n${Array.from({ length: 24 }, (_, index) => clause(index)).join('\n')}\n`;
const questions = ['List the clauses.', 'Who inspects the boiler?', 'What is the lease about?', 'Copy clause 3.', 'Tell me of the house.'];

test('twenty answers over a document are the same, word for word, with drafts and without', async () => {
  const exact = (await engine.batchDifferences()).length === 0;
  let [drafted, accepted] = [0, 0];
  for (const [index, question] of questions.entries()) {
    const parts: readonly PromptPart[] = [text(`Document:\n${document}\n`), control(`\nUser: ${question}\nAssistant:`)];
    for (let seed = 0; seed < 4; seed += 1) {
      const sampling: EngineSampling = { ...greedy, temperature: seed * 0.3, seed: seed + 10 * index };
      const params = { runId: 'a', parts, sampling, maxTokens: 20, stopTexts: ['\nUser:'] };
      const plain = await engine.run({ ...params, lookup: 'off' }, new addon.CancelFlag(), () => undefined);
      const quick = await engine.run({ ...params, lookup: exact ? 'always' : 'auto' }, new addon.CancelFlag(), () => undefined);
      expect(quick.ids).toEqual(plain.ids);
      drafted += quick.drafted;
      accepted += quick.accepted;
    }
  }
  if (exact) expect(accepted).toBeGreaterThan(20);
  else expect(drafted).toBe(0);
});
