import { beforeAll, describe, expect, test } from 'vitest';
import type { NativeBinding, NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { greedy, loadEngine, openAddon, text } from './nativeEngine.ts';

let binding: NativeBinding;
let engine: NativeEngine;
beforeAll(async () => {
  binding = openAddon();
  ({ engine } = await loadEngine(binding, { projectorPath: null }));
});

const run = (grammar: string, change: object = {}) =>
  engine.run(
    { runId: 'r', parts: [text('Say: ')], sampling: greedy, maxTokens: 60, stopTexts: [], grammar, ...change },
    new binding.CancelFlag(),
    () => undefined,
  );
const wild = { temperature: 2, topK: 1000, topP: 1, minP: 0 };

test('an answer is what the grammar says, and ends where it ends', async () => {
  const { text: answer, stopReason } = await run('root ::= "{\\"größe 犬\\": " ("12" | "7.5") "}"');
  expect(answer).toMatch(/^\{"größe 犬": (?:12|7\.5)\}$/);
  expect(stopReason).toBe('endOfTurn');
});

test('a model that knows nothing, drawing at the highest temperature, writes nothing else', async () => {
  const grammar = 'root ::= "[" list "]"\nlist ::= item | item "," list\nitem ::= "\\"" letter letter letter "\\""\nletter ::= [a-zé<>/_]';
  for (let seed = 0; seed < 12; seed += 1) {
    const { text: answer, stopReason } = await run(grammar, { sampling: { ...wild, seed } });
    expect(answer, String(seed)).toMatch(/^\["[a-zé<>/_]{3}"(?:,"[a-zé<>/_]{3}")*(?:\]$|)/);
    if (stopReason === 'endOfTurn') expect(answer).toMatch(/\]$/);
  }
});

test('where anything may come, no control token does', async () => {
  for (let seed = 0; seed < 6; seed += 1) {
    const { text: answer, ids } = await run('root ::= anything\nanything ::= . anything', { sampling: { ...wild, seed }, maxTokens: 30 });
    expect(ids).toHaveLength(30);
    expect(answer.length).toBeGreaterThan(20);
  }
});

describe('what is no grammar is refused, and the engine lives on', () => {
  test.each([
    ['nothing', ''],
    ['too much', `root ::= "${'a'.repeat(256 * 1024)}"`],
    ['no rule', 'hello'],
    ['no root', 'start ::= "a"'],
    ['a rule that is not there', 'root ::= other'],
    ['a rule that begins with itself', 'root ::= root "a" | "b"'],
    ['two that begin with each other', 'root ::= a\na ::= b "x"\nb ::= a "y" | "z"'],
    ['an open literal', 'root ::= "a'],
    ['an open class', 'root ::= [a'],
    ['an unknown escape', 'root ::= "\\q"'],
    ['a repetition of nothing', 'root ::= * "a"'],
    ['bounds the wrong way round', 'root ::= "a"{5,3}'],
    ['parentheses without end', `root ::= ${'('.repeat(100_000)}`],
    ['a zero byte', 'root ::= "a\0b"'],
  ])('%s', async (_name, grammar) => {
    await expect(run(grammar)).rejects.toMatchObject({ code: 'invalidRequest', subject: 'grammar' });
    expect((await run('root ::= "ok"')).text).toBe('ok');
  });

  test('one together with quotes, and one that is no string', async () => {
    await expect(run('root ::= "a"', { quotes: { texts: ['a'], before: '' } })).rejects.toMatchObject({ code: 'invalidRequest' });
    await expect(run(7 as unknown as string)).rejects.toMatchObject({ code: 'invalidRequest' });
  });
});
