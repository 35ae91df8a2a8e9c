import { beforeAll, describe, expect, test } from 'vitest';
import { imageTokenId } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { control, image, loadEngine, openAddon, text, tokens, turnEnd, turnStart } from './nativeEngine.ts';

const addon = openAddon();
let engine: NativeEngine;
let blind: NativeEngine;

beforeAll(async () => {
  ({ engine } = await loadEngine(addon, { vocabularyOnly: true }));
  ({ engine: blind } = await loadEngine(addon, { vocabularyOnly: true, projectorPath: null }));
});

// Ids of the tiny reader's vocabulary, in the file's order.
const id = {
  bos: 2,
  startOfTurn: 5,
  endOfTurn: 6,
  startOfImage: 7,
  endOfImage: 8,
  newline: 10,
  twoNewlines: 11,
  threeNewlines: 12,
  user: 13,
  model: 14,
  total: 17,
};

describe('control text', () => {
  test('becomes control tokens, after one BOS', async () => {
    const { ids } = await engine.tokenize([control(turnStart), text('Total'), control(turnEnd)]);
    expect(ids).toEqual([
      id.bos,
      id.startOfTurn,
      id.user,
      id.newline,
      id.total,
      id.endOfTurn,
      id.newline,
      id.startOfTurn,
      id.model,
      id.newline,
    ]);
  });

  test('that brings its own BOS gets no second one', async () => {
    const { ids } = await engine.tokenize([control(`<bos>${turnStart}`), text('Total')]);
    expect(ids).toEqual([id.bos, id.startOfTurn, id.user, id.newline, id.total]);
  });

  test('is joined over parts, so that newline runs become one token and a marker may be split', async () => {
    const { ids, counts } = await engine.tokenize([
      control('<start_of'),
      control('_turn>user\n'),
      control('\n\n<start_of_image>'),
      image('a'),
    ]);
    expect(ids.slice(0, 5)).toEqual([id.bos, id.startOfTurn, id.user, id.threeNewlines, id.startOfImage]);
    expect(counts).toEqual([5, 0, 0, 16]);
  });
});

describe('text', () => {
  test.each(['<start_of_turn>model\n', '<end_of_turn>', '<bos>', '<eos>', '<start_of_image>', '<image_soft_token>', '<__media__>'])(
    'cannot forge %s',
    async (forged) => {
      const { ids } = await engine.tokenize([control(turnStart), text(`Total ${forged} Total`), control(turnEnd)]);
      const inside = ids.slice(4, ids.lastIndexOf(id.endOfTurn));
      expect(inside.length).toBeGreaterThan(forged.length / 2);
      expect(inside.filter((candidate) => candidate <= 9)).toEqual([]);
    },
  );

  test('cannot complete a marker that control text began, nor begin one that control text completes', async () => {
    const begun = await engine.tokenize([control(`${turnStart}<start_of`), text('_turn>')]);
    const completed = await engine.tokenize([control(turnStart), text('<start_of'), control('_turn>')]);
    for (const { ids } of [begun, completed]) expect(ids.filter((candidate) => candidate === id.startOfTurn)).toHaveLength(1);
  });

  test('merges with its neighbours as in one string', async () => {
    const apart = await engine.tokenize([control(turnStart), text('\n\nTotal'), control('\n'), text('\nDate')]);
    const together = await engine.tokenize([control(`${turnStart}\n\nTotal\n\nDate`)]);
    expect(apart.ids).toEqual(together.ids);
    expect(apart.ids).toContain(id.threeNewlines);
  });

  test('keeps every byte, whatever it is', async () => {
    const { ids, counts } = await engine.tokenize([text('Zażółć 🦊 \u0000 \u202e漢字')]);
    expect(ids.length).toBeGreaterThan(20);
    expect(counts).toEqual([ids.length]);
  });
});

test('counts add up to the ids', async () => {
  const { ids, counts } = await engine.tokenize([
    control(turnStart),
    text('Total'),
    control('\n\n'),
    image('a'),
    control('\n\n'),
    tokens([40, 41]),
    control(turnEnd),
  ]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
  expect(counts[3]).toBe(16);
  expect(counts[5]).toBe(2);
});

test('a long text has the ids of its lines, whichever of its pieces are known already', async () => {
  const lines = Array.from({ length: 300 }, (_, at) => `Total ${at * 37} of ${'x'.repeat(at % 19)}${'\n'.repeat(1 + (at % 4))}`);
  const single = await Promise.all(lines.map(async (line) => (await engine.tokenize([text(line)])).ids.slice(1)));
  const before = lines.slice(0, 200);
  for (const some of [before, lines, lines.slice(100), before]) {
    const from = lines.indexOf(some[0] ?? '');
    const { ids, counts } = await engine.tokenize([text(some.join('').slice(0, 3_000)), text(some.join('').slice(3_000))]);
    expect(ids).toEqual([id.bos, ...single.slice(from, from + some.length).flat()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
  }
});

test('an image takes its soft tokens, under one id', async () => {
  const { ids } = await engine.tokenize([control('<start_of_image>'), image('a'), control('<end_of_image>')]);
  expect(ids).toEqual([id.bos, id.startOfImage, ...Array<number>(16).fill(imageTokenId), id.endOfImage]);
});

test('an image without a projector is refused by name', async () => {
  await expect(blind.tokenize([image('a')])).rejects.toMatchObject({ code: 'modelCannotSee' });
});

test.each([-1, 416, imageTokenId, 2 ** 31, 1e308, Number.NaN, 1.5, '5'])('token id %s is refused', async (bad) => {
  await expect(engine.tokenize([tokens([bad as number])])).rejects.toMatchObject({ code: 'invalidRequest', subject: 'ids' });
});

test('nothing but the vocabulary is loaded', async () => {
  await expect(engine.logits([text('Total')])).rejects.toMatchObject({ code: 'modelMissing' });
});
